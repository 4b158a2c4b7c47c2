"""Verbs of accounts: each is one transaction and leaves one entry in the trail."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import PBKDF2PasswordHasher, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from gezhi.ground.accounts import rules
from gezhi.ground.accounts.models import User
from gezhi.ground.accounts.queries import counted_of, number_digest
from gezhi.ground.audit import actions as audit
from gezhi.ground.counters import actions as counters
from gezhi.ground.counters.rules import Counted
from gezhi.kernel import clock, secrets
from gezhi.kernel.errors import Conflict, Invalid, NotPermitted
from gezhi.kernel.fields import seal_into
from gezhi.kernel.pinyin import person_key
from gezhi.kernel.rights import Right, require
from gezhi.kernel.viewer import Viewer

# A one-time password has 79 random bits: stretching it adds nothing, and three hundred of them
# must be made inside one request. The password its owner chooses is stretched in full.
_ONE_TIME_ROUNDS = 1_000


@dataclass(frozen=True, slots=True)
class NewUser:
    """One row of `create_users`; `encoded_password` as `encode` gives it, "" for none yet."""

    staff_number: str
    name: str
    phone: str = ""
    encoded_password: str = ""
    must_change_password: bool = True


@dataclass(frozen=True, slots=True)
class Try:
    """A log-in that is being tried; `is_over` when it is one too many."""

    counted: tuple[Counted, ...]
    is_over: bool


def encode(password: str) -> str:
    """The stored form of a password; one value may be given to several accounts of a demo."""
    return make_password(password)


def encode_one_time(password: str) -> str:
    """The stored form of a random one-time password, cheap to make."""
    hasher = PBKDF2PasswordHasher()
    return hasher.encode(password, hasher.salt(), iterations=_ONE_TIME_ROUNDS)


def create_user(
    *,
    staff_number: str,
    name: str,
    password: str,
    phone: str = "",
    by: Viewer,
    district_id: int | None = None,
    must_change_password: bool = True,
) -> User:
    """Open an account; the password must be changed at first log-in unless said otherwise.

    Refuses (Invalid) a malformed or taken staff number, a weak password, a malformed phone.
    """
    refuse_weak_password(password, None)
    row = NewUser(
        staff_number=staff_number,
        name=name,
        phone=phone,
        encoded_password=encode(password),
        must_change_password=must_change_password,
    )
    return create_users([row], by=by, district_id=district_id)[0]


@transaction.atomic
def create_users(
    rows: Sequence[NewUser], *, by: Viewer, district_id: int | None = None
) -> list[User]:
    """Open many accounts at once, all or none, in the order given; one entry in the trail.

    Refuses (Invalid) when one staff number is malformed, taken or given twice.
    """
    require(by, Right.SET_UP)
    now = clock.now()
    users = [_new_user(row, district_id or by.district_id, now) for row in rows]
    numbers = [user.staff_number for user in users]
    if len(set(numbers)) < len(numbers):
        raise Invalid(_("同一工号出现了两次"), "number_taken", "staff_number")
    if User.objects.filter(staff_number__in=numbers).exists():
        raise Invalid(_("这个工号已经有人使用"), "number_taken", "staff_number")
    try:
        with transaction.atomic():
            User.objects.bulk_create(users, batch_size=200)
    except IntegrityError as error:
        raise Conflict(_("这个工号刚刚被别人使用，请换一个")) from error
    single = users[0].pk if len(users) == 1 else None
    audit.record(
        by=by,
        verb="accounts.create",
        subject_kind="user",
        subject_id=single,
        detail={"accounts": len(users)},
    )
    return users


def _new_user(row: NewUser, district_id: int | None, now: datetime) -> User:
    user = User(
        district_id=district_id,
        staff_number=rules.staff_number(row.staff_number),
        name=rules.person_name(row.name),
        password=row.encoded_password or make_password(None),
        must_change_password=row.must_change_password,
        created_at=now,
    )
    user.pinyin = person_key(user.name, limit=120)
    _set_phone(user, row.phone)
    return user


def _set_phone(user: User, text: str) -> None:
    plain = rules.phone(text)
    seal_into(user, "phone", plain)
    user.phone_index = secrets.blind_index("phone", plain) if plain else ""


def refuse_weak_password(password: str, user: User | None) -> None:
    """Refuses a weak password (Invalid), with everything that is wrong with it."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        said = " ".join(rules.password_sentence(one) for one in error.error_list)
        raise Invalid(said, "weak_password", "password") from error


@transaction.atomic
def update_user(*, user: User, by: Viewer, name: str, phone: str | None = None) -> User:
    """Correct name and phone of an account; a phone of None stays as it is."""
    require(by, Right.SET_UP)
    rules.require_district(by, user.district_id)
    user.name = rules.person_name(name)
    user.pinyin = person_key(user.name, limit=120)
    if phone is not None:
        _set_phone(user, phone)
    user.save(update_fields=["name", "pinyin", "phone", "phone_index"])
    audit.record(by=by, verb="accounts.update", subject_kind="user", subject_id=user.pk)
    return user


@transaction.atomic
def set_password(*, user: User, password: str, by: Viewer, must_change: bool | None = None) -> User:
    """Give an account a new password; every session it has ends.

    A person changes their own, an administrator anybody's, and then it must be changed at the
    next log-in. Refuses a weak password (Invalid), and anybody else (NotPermitted).
    """
    own = by.user_id is not None and by.user_id == user.pk
    if not own:
        require(by, Right.KEEP_POSTS)
        rules.require_district(by, user.district_id)
    refuse_weak_password(password, user)
    if own and user.check_password(password):
        raise Invalid(_("新密码不能与原来的相同"), "same_password", "password")
    user.set_password(password)
    user.must_change_password = not own if must_change is None else must_change
    user.session_epoch += 1
    user.save(update_fields=["password", "must_change_password", "session_epoch"])
    audit.record(
        by=by,
        verb="accounts.change_password" if own else "accounts.reset_password",
        subject_kind="user",
        subject_id=user.pk,
    )
    return user


@transaction.atomic
def deactivate(*, user: User, by: Viewer) -> User:
    """Close an account: no log-in any more, all sessions end. Nobody closes their own."""
    require(by, Right.KEEP_POSTS)
    rules.require_district(by, user.district_id)
    if by.user_id == user.pk:
        raise NotPermitted(_("不能停用自己的账号，请另一位管理员来做"))
    user.is_active = False
    user.session_epoch += 1
    user.save(update_fields=["is_active", "session_epoch"])
    audit.record(by=by, verb="accounts.deactivate", subject_kind="user", subject_id=user.pk)
    return user


@transaction.atomic
def remove_unused(*, user: User, by: Viewer) -> None:
    """Delete an account that was opened by mistake, its number free again.

    Refuses (Conflict) one that somebody has logged in to: it can be closed only.
    """
    require(by, Right.SET_UP)
    rules.require_district(by, user.district_id)
    if user.last_login is not None:
        raise Conflict(_("这个人已经登录过，账号只能停用"))
    audit.record(by=by, verb="accounts.remove", subject_kind="user", subject_id=user.pk)
    user.delete()


@transaction.atomic
def give_one_time_passwords(*, users: Sequence[User], by: Viewer) -> list[str]:
    """A fresh one-time password for each account nobody has logged in to, in their order; one entry
    in the trail. Refuses (Conflict) an account that is in use."""
    require(by, Right.KEEP_POSTS)
    passwords = [rules.one_time_password() for _user in users]
    for user, password in zip(users, passwords, strict=True):
        rules.require_district(by, user.district_id)
        if user.last_login is not None:
            raise Conflict(_("这个人已经登录过，请到“人员”里重新发"))
        user.password = encode_one_time(password)
        user.must_change_password = True
        user.session_epoch += 1
    User.objects.bulk_update(
        users, ["password", "must_change_password", "session_epoch"], batch_size=200
    )
    audit.record(
        by=by,
        verb="accounts.give_passwords",
        subject_kind="district",
        subject_id=by.district_id,
        detail={"accounts": len(users)},
    )
    return passwords


@transaction.atomic
def reactivate(*, user: User, by: Viewer) -> User:
    """Open a closed account again; its old sessions stay dead."""
    require(by, Right.KEEP_POSTS)
    rules.require_district(by, user.district_id)
    user.is_active = True
    user.save(update_fields=["is_active"])
    audit.record(by=by, verb="accounts.reactivate", subject_kind="user", subject_id=user.pk)
    return user


@transaction.atomic
def end_sessions(user: User, *, by: Viewer) -> User:
    """End every session of a user at once (the session hash carries the epoch)."""
    User.objects.filter(pk=user.pk).update(session_epoch=F("session_epoch") + 1)
    user.refresh_from_db(fields=["session_epoch"])
    audit.record(by=by, verb="accounts.end_sessions", subject_kind="user", subject_id=user.pk)
    return user


def begin_try(*, staff_number: str, address: str, device: str = "") -> Try:
    """Count a log-in about to be tried as a failure, before anything of it is looked at.

    Atomic: of many at the same moment no more are let in than may fail. `address` is the network it
    comes from ("" when nobody can tell), `device` what the browser was given at an earlier log-in.
    The caller looks at nothing when the try `is_over`.
    """
    counted = counted_of(staff_number, address, device)
    tallies = counters.count(*counted)
    return Try(counted, any(tally.is_over for tally in tallies))


def withdraw_try(attempt: Try) -> None:
    """Take a counted try back: it succeeded, or it was refused unread."""
    counters.take_back(*attempt.counted)


@transaction.atomic
def unlock(*, user: User, by: Viewer) -> None:
    """Forget the failures of this staff number, so that its owner may try again now."""
    require(by, Right.KEEP_POSTS)
    rules.require_district(by, user.district_id)
    counters.forget_owner([number_digest(user.staff_number)])
    audit.record(by=by, verb="accounts.unlock", subject_kind="user", subject_id=user.pk)


@transaction.atomic
def note_log_in(*, user: User, by: Viewer) -> None:
    """Record a log-in and forget the failures of this staff number."""
    counters.forget_owner([number_digest(user.staff_number)])
    User.objects.filter(pk=user.pk).update(last_login=clock.now())
    audit.record(by=by, verb="accounts.log_in", subject_kind="user", subject_id=user.pk)


def note_refused_log_in(*, user: User | None, by: Viewer, reason: str) -> None:
    """Record a log-in that was refused; `reason` is a code (password, code, locked)."""
    audit.record(
        by=by,
        verb="accounts.log_in",
        subject_kind="user",
        subject_id=user.pk if user else None,
        outcome="refused",
        detail={"reason": reason},
    )


def note_log_out(*, user: User, by: Viewer, why: str) -> None:
    """Record the end of a session; `why` is a code (asked, locked, idle)."""
    audit.record(
        by=by, verb="accounts.log_out", subject_kind="user", subject_id=user.pk, detail={"why": why}
    )


def note_factor(*, user: User, by: Viewer, deed: str) -> None:
    """Record that a second factor was added, removed, reset, or its recovery codes renewed."""
    audit.record(
        by=by,
        verb="accounts.factor",
        subject_kind="user",
        subject_id=user.pk,
        detail={"deed": deed},
    )


@transaction.atomic
def set_preferences(*, user: User, language: str, large_text: bool, by: Viewer) -> User:
    """Keep the reader's own language and text size; only for oneself."""
    if by.user_id != user.pk:
        raise NotPermitted(_("只能改自己的设置"))
    user.language = language
    user.large_text = large_text
    user.save(update_fields=["language", "large_text"])
    audit.record(by=by, verb="accounts.set_preferences", subject_kind="user", subject_id=user.pk)
    return user
