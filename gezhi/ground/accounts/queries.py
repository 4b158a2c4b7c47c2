"""Questions about accounts and about guessing."""

from collections.abc import Sequence

from django.db.models import Count, Q, QuerySet

from gezhi.ground.accounts import rules
from gezhi.ground.accounts.models import User
from gezhi.ground.counters import queries as counters
from gezhi.ground.counters.rules import Counted, owner_digest
from gezhi.kernel import prepared, secrets
from gezhi.kernel.errors import Invalid, Unseen
from gezhi.kernel.names import person
from gezhi.kernel.paging import DEFAULT_SIZE, Page, page_of, row_id_of
from gezhi.kernel.rights import Right
from gezhi.kernel.viewer import Viewer


def active(user_id: int) -> User | None:
    """The account of a session; None once it is closed."""
    return next(iter(prepared.ask(_active, user_id)), None)


def _active(user_id: int) -> QuerySet[User]:
    return User.objects.filter(pk=user_id, is_active=True)


def number_digest(staff_number: str) -> str:
    """The keyed digest under which the tries of a staff number as typed are counted."""
    return owner_digest("login", _plain(staff_number))


def _plain(staff_number: str) -> str:
    try:
        return rules.staff_number(staff_number)
    except Invalid:
        return staff_number.strip().upper()[:60]


def counted_of(staff_number: str, address: str, device: str = "") -> tuple[Counted, ...]:
    """What a try of this number counts for: a known device's own counter, or the strangers'."""
    number, owner = _plain(staff_number), number_digest(staff_number)
    if device:
        return (Counted(rules.FROM_DEVICE, (number, device), owner),)
    found = [
        Counted(rules.FROM_NETWORK, (number, address), owner),
        Counted(rules.OF_NUMBER, (number,), owner),
        Counted(rules.OF_NUMBER_A_DAY, (number,), owner),
    ]
    if address:
        # Behind a proxy nobody declared one stranger would lock everybody out.
        found.append(Counted(rules.OF_NETWORK, (address,)))
    return tuple(found)


def seconds_locked(staff_number: str, address: str, device: str = "") -> int:
    """For how long a log-in with this number from there is refused unread; 0 when it is not.

    Unknown numbers lock alike. A known device is locked by its own five failures only.
    """
    return counters.seconds_closed(*counted_of(staff_number, address, device))


def is_locked(staff_number: str, address: str, device: str = "") -> bool:
    """Whether a log-in with this staff number from there is refused unread now."""
    return seconds_locked(staff_number, address, device) > 0


def locked_user_ids(viewer: Viewer) -> set[int]:
    """Users of the viewer's district whose staff number is locked now, for some network or all."""
    locked = counters.owners_closed(*(limit.kind for limit in rules.LOCKING))
    if not locked:
        return set()
    return {
        row
        for row, number in users(viewer).values_list("id", "staff_number")
        if number_digest(number) in locked
    }


def users(viewer: Viewer) -> QuerySet[User]:
    """All accounts of the viewer's district, for administrators; nobody's for anyone else."""
    rows = User.objects.order_by("pinyin", "id")
    if viewer.is_system:
        return rows
    if viewer.district_id is None or not viewer.may(Right.ADMINISTER):
        return rows.none()
    return rows.filter(district_id=viewer.district_id)


def counted(viewer: Viewer) -> tuple[int, int]:
    """How many accounts `users` lists, and how many of them are closed; one query."""
    found = users(viewer).aggregate(
        every=Count("pk"), closed=Count("pk", filter=Q(is_active=False))
    )
    return found["every"], found["closed"]


def search(viewer: Viewer, words: str) -> QuerySet[User]:
    """Accounts whose name, pinyin or staff number begins with the words, or with this phone."""
    rows = users(viewer)
    plain = " ".join(words.split())
    if not plain:
        return rows
    condition = (
        Q(name__icontains=plain)
        | Q(name__icontains=person(plain))
        | Q(staff_number__istartswith=plain)
        | Q(pinyin__istartswith=plain.lower())
    )
    try:
        phone = rules.phone(plain)
    except Invalid:
        phone = ""
    if phone:
        condition |= Q(phone_index__in=secrets.blind_indexes("phone", phone))
    return rows.filter(condition)


def listed(
    viewer: Viewer, words: str = "", *, only: set[int] | None = None, after: str = "",
    size: int = DEFAULT_SIZE,
) -> Page[User]:  # fmt: skip
    """Accounts by pinyin, a page at a time; `only` narrows to some, `after` is the last page's.

    Raises BadCursor for an `after` nobody gave out.
    """
    rows = search(viewer, words)
    if only is not None:
        rows = rows.filter(pk__in=only)
    if after:
        last = users(viewer).filter(pk=row_id_of(after)).first()
        if last is not None:
            rows = rows.filter(Q(pinyin__gt=last.pinyin) | Q(pinyin=last.pinyin, id__gt=last.pk))
    return page_of(list(rows[: size + 1]), size)


def get(viewer: Viewer, user_id: int) -> User:
    """One account an administrator may look after; Unseen otherwise."""
    user = users(viewer).filter(pk=user_id).first()
    if user is None:
        raise Unseen("")
    return user


def by_staff_number(staff_number: str) -> User | None:
    """The active account with this staff number, as log-in needs it."""
    try:
        number = rules.staff_number(staff_number)
    except Invalid:
        return None
    return User.objects.filter(staff_number=number, is_active=True).first()


def names(user_ids: set[int]) -> dict[int, str]:
    """Full names by user id, for pages whose viewer may see the row they stand in."""
    return dict(prepared.ask(_names, tuple(user_ids)))


def _names(user_ids: Sequence[int]) -> QuerySet[User, tuple[int, str]]:
    return User.objects.filter(pk__in=user_ids).values_list("id", "name")


def staff_numbers(user_ids: set[int]) -> dict[int, tuple[str, str]]:
    """Staff number and full name by user id, for the trail: a name alone may be two people's."""
    rows = User.objects.filter(pk__in=user_ids).values_list("id", "staff_number", "name")
    return {user_id: (number, name) for user_id, number, name in rows}
