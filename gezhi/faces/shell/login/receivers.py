"""What django-allauth tells about second factors, written into the trail."""

from typing import Any

from allauth.mfa import signals
from django.http import HttpRequest

from gezhi.faces.shell.login.guard import note_second_factor
from gezhi.ground.accounts import actions as accounts
from gezhi.ground.accounts.models import User
from gezhi.kernel.viewer import Viewer
from gezhi.records.posts.queries import viewer_of


def connect() -> None:
    """Connect the receivers once, when the app is ready."""
    signals.authenticator_added.connect(_added, dispatch_uid="factor-added")
    signals.authenticator_removed.connect(_removed, dispatch_uid="factor-removed")
    signals.authenticator_reset.connect(_renewed, dispatch_uid="factor-renewed")
    signals.authenticator_used.connect(_used, dispatch_uid="factor-used")
    signals.authentication_failed.connect(_failed, dispatch_uid="factor-failed")


def _added(request: HttpRequest, user: User, **rest: Any) -> None:
    note_second_factor(request, user)
    accounts.note_factor(user=user, by=viewer_of(user), deed="add")


def _removed(request: HttpRequest, user: User, **rest: Any) -> None:
    accounts.note_factor(user=user, by=viewer_of(user), deed="remove")


def _renewed(request: HttpRequest, user: User, **rest: Any) -> None:
    accounts.note_factor(user=user, by=viewer_of(user), deed="renew_codes")


def _used(request: HttpRequest, user: User, **rest: Any) -> None:
    note_second_factor(request, user)


def _failed(request: HttpRequest, user: User, **rest: Any) -> None:
    accounts.note_refused_log_in(user=user, by=Viewer.anonymous(user.district_id), reason="code")
