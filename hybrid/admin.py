"""The admin is the operators' workshop: the table of `can` lets them in, and they sign in like everybody."""

from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from people.permissions import Platform, can

NOT_HERE = frozenset({"auth", "account", "socialaccount", "usersessions"})  # apps of others, by label


class OperatorsSite(AdminSite):
    """No password form: signing in is `people:enter`."""

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Register only our own models: the pages of other apps would give ways in without a record."""
        models: Any = [model_or_iterable] if isinstance(model_or_iterable, type) else model_or_iterable
        super().register([model for model in models if model._meta.app_label not in NOT_HERE], admin_class, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        """Whether the person may operate the platform."""
        return can(request.user, "platform.operate", Platform())

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """To the admin for operators; others are sent to sign in."""
        if self.has_permission(request):
            return redirect("admin:index")
        return redirect(f"{reverse('people:enter')}?{urlencode({'next': reverse('admin:index')})}")
