from allauth.account import views as code
from allauth.socialaccount import views as single_sign_on
from allauth.socialaccount.providers.openid_connect import views as openid
from django.urls import include, path

from people.views import account, entering, first, language, own
from people.views.code import AskForCode, TypeCode

people = [
    path("enter/", entering.enter, name="enter"),
    path("leave/", entering.leave, name="leave"),
    path("own/", own.own, name="own"),
    path("language/<slug:language>/", language.choose, name="language"),
    path("first/", first.sign_up, name="first"),
    path("join/", entering.join, name="join"),
    path("account/", account.profile, name="account"),
    path("account/devices/", account.devices, name="devices"),
    path("account/handover/", account.handover, name="handover"),
    path("account/data.json", account.download, name="download"),
    path("account/delete/", account.delete, name="delete"),
]
# Of allauth only what we use; the names are its own. Passwords, sign-up and e-mail management are not there.
allauth = [
    path("code/", AskForCode.as_view(), name="account_request_login_code"),
    path("code/confirm/", TypeCode.as_view(), name="account_confirm_login_code"),
    path("inactive/", code.account_inactive, name="account_inactive"),
    path("enter/login/", entering.enter, name="account_login"),
    path("enter/signup/", entering.enter, name="account_signup"),
    path("sso/unconfirmed/", entering.unconfirmed, name="socialaccount_signup"),
    path("sso/cancelled/", single_sign_on.login_cancelled, name="socialaccount_login_cancelled"),
    path("sso/error/", single_sign_on.login_error, name="socialaccount_login_error"),
    path("sso/<slug:provider_id>/", openid.login, name="openid_connect_login"),
    path("sso/<slug:provider_id>/callback/", openid.callback, name="openid_connect_callback"),
]

urlpatterns = [
    path("people/", include((people, "people"))),
    path("people/", include(allauth)),
]
