"""Accounts of the demo: one password for all, known by its salt, dead outside the demo.

The salt marks an account that still has the demo's password; whoever changes it leaves the list.
"""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.utils.translation import gettext as _

from gezhi.ground.accounts.models import User
from gezhi.ground.accounts.published import DEMO_PASSWORD
from gezhi.kernel.viewer import Role
from gezhi.records.posts.queries import running_appointments_of
from gezhi.records.posts.rules import ROLE_NAMES

_SALT = "GezhiDemoNotProduction"
_seen: list[bool] = []


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """One line of the list under the demo's log-in form."""

    staff_number: str
    name: str
    role_name: str
    unit_name: str


def encode_demo_password() -> str:
    """The stored form of the demo's password, marked by its salt; refused outside the demo."""
    if settings.PRODUCTION:
        raise RuntimeError("the demo's password is not for production")
    return make_password(DEMO_PASSWORD, salt=_SALT)


def is_demo_password(stored: str) -> bool:
    """Whether a stored password is the demo's."""
    return f"${_SALT}$" in stored


def has_demo_accounts() -> bool:
    """Whether any account still has the demo's password, which opens nothing in production."""
    return User.objects.filter(password__contains=f"${_SALT}$").exists()


def passes_here() -> bool:
    """Whether the demo's password opens anything: never in production."""
    return not settings.PRODUCTION


def is_demo() -> bool:
    """Whether this is the demo with its made-up people in it, and not somebody's own street that
    was set up without naming a mode. Once seen it stays so: the demo does not turn real."""
    if not settings.DEMO:
        return False
    if not _seen:
        if not has_demo_accounts():
            return False
        _seen.append(True)
    return True


def demo_accounts() -> list[DemoAccount]:
    """One account for each role with the demo's password, in the order work flows; [] elsewhere.

    Handlers of two units: a case is seen by the unit it was sent to and by no other.
    """
    if not settings.DEMO:
        return []
    users = User.objects.filter(password__contains=f"${_SALT}$", is_active=True)
    found: dict[Role, dict[str, DemoAccount]] = {}
    for row in running_appointments_of(users):
        role = Role(row.post.role)
        shown = found.setdefault(role, {})
        if len(shown) < (2 if role is Role.HANDLER else 1):
            unit = row.post.unit.name
            account = DemoAccount(row.user.staff_number, row.user.name, str(ROLE_NAMES[role]), unit)
            shown.setdefault(unit, account)
    return [account for role in Role for account in found.get(role, {}).values()]


def demo_words() -> str:
    """What a demo says of itself: made up, or real messages at their own time."""
    if settings.GEZHI_REPLAY:
        return _("演示环境：留言是当年真实的，地点、单位和办事的人是编的。")
    return _("演示环境：内容都是编的，会定期清空。")
