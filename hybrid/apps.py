from django.apps import AppConfig
from django.contrib.admin import apps as admin


class HybridConfig(AppConfig):
    """The roof: it wires the apps together and nothing imports it."""

    name = "hybrid"
    default = True


class OperatorsAdminConfig(admin.AdminConfig):
    """The admin, for the installation's operators."""

    default = False
    default_site = "hybrid.admin.OperatorsSite"
