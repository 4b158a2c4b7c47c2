"""The forms of log-in, in words of staff."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import LoginForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.utils.translation import gettext_lazy as _

from gezhi.faces.shell.forms import PlainForm
from gezhi.faces.shell.login.factors import use_code
from gezhi.ground.accounts import actions as accounts
from gezhi.ground.accounts.models import User
from gezhi.kernel.errors import Invalid
from gezhi.kernel.viewer import Viewer

_PASSWORD = {"autocomplete": "current-password"}


class LogInForm(PlainForm, LoginForm):
    """Staff number and password; the two names are `login` and `password`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        login, password = self.fields["login"], self.fields["password"]
        login.label, password.label = _("工号"), _("密码")
        password.help_text = ""
        login.widget.attrs = {"autocomplete": "username", "autocapitalize": "characters",
                              "spellcheck": "false", "autofocus": True}  # fmt: skip
        password.widget.attrs = dict(_PASSWORD)


class ProofForm(PlainForm, ReauthenticateForm):
    """The password again, before something sensitive."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].label = _("密码")
        self.fields["password"].widget.attrs = _PASSWORD | {"autofocus": True}


class FirstCodeForm(PlainForm, ActivateTOTPForm):
    """The first code of a new authenticator, which proves that the key arrived."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        code = self.fields["code"]
        code.label = _("验证器上的 6 位数字")
        code.widget.attrs = {"autocomplete": "one-time-code", "inputmode": "numeric"}

    def clean_code(self) -> str:
        """The code; it is used up, and opens no log-in after this."""
        code: str = super().clean_code()
        use_code(self.user, code)
        return code


class PasswordForm(PlainForm):
    """A new password in place of the old one; `save` changes it."""

    old = forms.CharField(
        label=_("现在的密码"), strip=False, widget=forms.PasswordInput(attrs=_PASSWORD)
    )
    new = forms.CharField(
        label=_("新密码"),
        strip=False,
        help_text=_("至少 10 位。可以用几个不相干的词连起来，好记又难猜。"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("再输一遍新密码"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, user: User, by: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.user = user
        self.by = by

    def clean_old(self) -> str:
        """The old password, when it is right; wrong ones count as failed log-ins."""
        old = str(self.cleaned_data["old"])
        if not get_adapter().reauthenticate(self.user, old):
            raise forms.ValidationError(_("现在的密码不对。"))
        return old

    def clean_new(self) -> str:
        """The new password, when it is strong; its faults stand beside those of the other rows."""
        new = str(self.cleaned_data["new"])
        try:
            accounts.refuse_weak_password(new, self.user)
        except Invalid as refusal:
            raise forms.ValidationError(str(refusal.message)) from refusal
        return new

    def clean(self) -> dict[str, Any]:
        """Both new ones must be the same, a weak one too: all faults are told at once."""
        new = self.data.get("new", "")
        if new and "again" in self.cleaned_data and new != self.cleaned_data["again"]:
            self.add_error("again", _("两遍不一样，请再输一次。"))
        return self.cleaned_data

    def save(self) -> bool:
        """Change the password; False when it was refused, with the reason on its row."""
        try:
            accounts.set_password(user=self.user, password=self.cleaned_data["new"], by=self.by)
        except Invalid as refusal:
            self.add_error("new", str(refusal.message))
        return not self.errors
