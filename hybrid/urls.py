from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from common.registry import registry

urlpatterns: list[URLPattern | URLResolver] = [
    *(path("", include(urls)) for urls in registry.urls()),
    path("i18n/", include("django.conf.urls.i18n")),
    path("admin/", admin.site.urls),
]
handler403 = "hybrid.errors.forbidden"
handler404 = "hybrid.errors.not_found"
handler500 = "hybrid.errors.server_error"
