from django.contrib import admin
from django.urls import include, path

from people.urls import allauth, people

urlpatterns = [
    path("", include("sessions.urls")),
    path("", include("chat.urls")),
    path("", include("questions.urls")),
    path("", include("polls.urls")),
    path("", include("registration.urls")),
    path("people/", include((people, "people"))),
    path("people/", include(allauth)),
    path("i18n/", include("django.conf.urls.i18n")),
    path("admin/", admin.site.urls),
]
handler403 = "hybrid.errors.forbidden"
handler404 = "hybrid.errors.not_found"
handler500 = "hybrid.errors.server_error"
