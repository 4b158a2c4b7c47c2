"""The second factor: TOTP by django-allauth, its secrets sealed, its guesses counted in our rows."""

from typing import Any

from allauth.account.adapter import get_adapter as account_adapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from gezhi.faces.shell.forms import PlainForm
from gezhi.faces.shell.login.device import device_of
from gezhi.faces.shell.sender import sender_of
from gezhi.ground.accounts import actions as accounts
from gezhi.ground.accounts.models import User
from gezhi.ground.accounts.rules import require_district
from gezhi.ground.counters import actions as counters
from gezhi.ground.counters.rules import Limit
from gezhi.kernel import secrets
from gezhi.kernel.rights import Right, require
from gezhi.kernel.viewer import Viewer

# A code counts once for as long as the tolerance of the clock lets it be right (RFC 6238 5.2).
_USED = Limit("code_used", 1, 120)


def use_code(user: User, code: str) -> bool:
    """Use up a right code of this user; False when it was used before. A row of its own, written
    by one statement: nothing pushes it out, and of two at the same moment one is first."""
    return counters.once(_USED, str(user.pk), "".join(code.split()))


class SealedFactors(DefaultMFAAdapter):
    """Keeps TOTP keys and recovery seeds sealed with SM4-GCM."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("动态码不对，请看手机上的新码再试。"),
        "cannot_delete_authenticator": _(
            "本单位要求动态码登录，不能停用。换手机请找安全管理员重置。"
        ),
    }

    def encrypt(self, text: str) -> str:
        """The sealed form of a secret; its row has no number yet, so the place is the table."""
        return secrets.seal(text, table="mfa_authenticator", column="data", row=0)

    def decrypt(self, encrypted_text: str) -> str:
        """The secret again; raises the errors of `secrets.unseal`."""
        return secrets.unseal(encrypted_text, table="mfa_authenticator", column="data", row=0)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Not where the second factor is required: the security administrator resets it then."""
        return not settings.GEZHI_REQUIRE_TOTP

    def get_totp_label(self, user: User) -> str:
        """What stands beside the code on the phone."""
        return user.staff_number


class _CountedCode:
    """Counts wrong codes like wrong passwords and takes each code once."""

    user: User

    def clean_code(self) -> str:
        """The code, when it is right, unused, and the account is not locked."""
        attempt = accounts.begin_try(
            staff_number=self.user.staff_number,
            address=sender_of(context.request),
            device=device_of(context.request, self.user),
        )
        if attempt.is_over:
            accounts.withdraw_try(attempt)
            raise account_adapter().validation_error("too_many_login_attempts")
        code: str = super().clean_code()  # type: ignore[misc] # of the form it is mixed into
        if not use_code(self.user, code):
            raise account_adapter().validation_error("incorrect_code")
        accounts.withdraw_try(attempt)
        return code


class LogInCodeForm(_CountedCode, PlainForm, AuthenticateForm):
    """The code after the password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _describe(self.fields["code"])


class ProofCodeForm(_CountedCode, PlainForm, ReauthenticateForm):
    """The code again, before something sensitive."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _describe(self.fields["code"])


def _describe(field: Any) -> None:
    field.label = _("动态码")
    field.help_text = _("手机验证器上的 6 位数字；手机不在身边时填一个恢复码。")
    field.widget.attrs = {
        "autocomplete": "one-time-code",
        "inputmode": "numeric",
        "autofocus": True,
    }


@transaction.atomic
def reset_factors(*, user: User, by: Viewer) -> int:
    """Take away a person's second factor (phone lost or changed); all their sessions end.

    The security administrator does it, never for themselves (they have recovery codes).
    Returns how many factors were removed.
    """
    require(by, Right.KEEP_ACCOUNTS)
    require_district(by, user.district_id)
    removed: int = Authenticator.objects.filter(user=user).delete()[0]
    accounts.note_factor(user=user, by=by, deed="reset")
    accounts.end_sessions(user, by=by)
    return removed


def users_with_factor(user_ids: set[int]) -> set[int]:
    """Those of the users who have set up TOTP."""
    rows = Authenticator.objects.filter(user_id__in=user_ids, type=Authenticator.Type.TOTP)
    return set(rows.values_list("user_id", flat=True))
