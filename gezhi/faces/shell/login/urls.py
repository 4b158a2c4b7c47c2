"""The addresses of django-allauth that are used here, under the names it looks for; no others."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from django.urls import path

from gezhi.faces.shell.login import views

urlpatterns = [
    path("login/", views.log_in, name="account_login"),
    path("login/code/", mfa.authenticate, name="mfa_authenticate"),
    path("account/proof/", account.reauthenticate, name="account_reauthenticate"),
    path("account/proof/code/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("account/factor/", mfa.index, name="mfa_index"),
    path("account/factor/add/", totp.activate_totp, name="mfa_activate_totp"),
    path("account/factor/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("account/factor/codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "account/factor/codes/renew/",
        codes.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
]
