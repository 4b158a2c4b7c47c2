"""The one way in: staff number and password, guarded against guessing by the database."""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import get_hasher, identify_hasher, make_password
from django.http import HttpRequest

from gezhi.faces.shell.login.demo import is_demo_password, passes_here
from gezhi.faces.shell.login.device import device_of
from gezhi.faces.shell.sender import sender_of
from gezhi.ground.accounts import actions as accounts
from gezhi.ground.accounts import queries
from gezhi.ground.accounts.models import User


class StaffNumberBackend(BaseBackend):
    """Answers for unknown, closed and wrong alike, in the same time (ASVS 6.3.8)."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **credentials: Any,
    ) -> User | None:
        """The account with this staff number and password, or None.

        The try is counted before the password is looked at, so that many tries at the same moment
        do not slip past the limit; it is withdrawn when it succeeds or is refused unread.
        """
        if not username or not password:
            return None
        user = queries.by_staff_number(username)
        attempt = accounts.begin_try(
            staff_number=username, address=sender_of(request), device=device_of(request, user)
        )
        if attempt.is_over:
            accounts.withdraw_try(attempt)
            return None
        if not _fits(user, password):
            return None
        accounts.withdraw_try(attempt)
        return user

    def get_user(self, user_id: int) -> User | None:
        """The account of a session; None once it is closed, so that its pages end."""
        return queries.active(user_id)


def _fits(user: User | None, password: str) -> bool:
    """Whether the password is right; always costs one run of the preferred hasher."""
    if user is None:
        make_password(password)
        return False
    stored = user.password
    fits = user.check_password(password)
    if not fits and not _stretched(stored):
        make_password(password)
    return fits and (passes_here() or not is_demo_password(stored))


def _stretched(stored: str) -> bool:
    """Whether checking it ran the preferred hasher already."""
    try:
        return identify_hasher(stored).algorithm == get_hasher("default").algorithm
    except ValueError:
        # Unusable: Django has run the hasher for show.
        return True
