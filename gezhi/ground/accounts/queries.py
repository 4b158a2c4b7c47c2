"""Questions about accounts and about guessing."""

from datetime import datetime

from django.db.models import Count, Q, QuerySet

from gezhi.ground.accounts import rules
from gezhi.ground.accounts.models import LoginFailure, User
from gezhi.kernel import clock, secrets
from gezhi.kernel.errors import Invalid, Unseen
from gezhi.kernel.paging import DEFAULT_SIZE, Page, page_of, row_id_of
from gezhi.kernel.viewer import ADMINISTRATORS, Viewer


def number_indexes(staff_number: str) -> tuple[str, ...]:
    """Keyed digests of a staff number as typed, the current key first."""
    try:
        plain = rules.staff_number(staff_number)
    except Invalid:
        plain = staff_number.strip().upper()[:60]
    return secrets.blind_indexes("staff_number", plain)


def address_indexes(address: str) -> tuple[str, ...]:
    """Keyed digests of a network address, the current key first."""
    return secrets.blind_indexes("address", address)


def locked_until(
    staff_number: str, address: str, *, before_id: int | None = None
) -> datetime | None:
    """When the next try is let in; None when one is let in now.

    Five failures of a staff number or thirty of an address within ten minutes stop tries until
    the first of them is ten minutes old. Unknown numbers count alike. With `before_id` only
    failures noted before that one count, so that tries at the same moment cannot slip through.
    """
    start = clock.now() - rules.LOCK
    recent = LoginFailure.objects.filter(failed_at__gt=start)
    if before_id is not None:
        recent = recent.filter(id__lt=before_id)
    ends = []
    for rows, allowed in (
        (recent.filter(number_index__in=number_indexes(staff_number)), rules.FAILURES_OF_A_NUMBER),
        (recent.filter(address_index__in=address_indexes(address)), rules.FAILURES_OF_AN_ADDRESS),
    ):
        newest = rows.order_by("-failed_at", "-id").values_list("failed_at", flat=True)[:allowed]
        moments = list(newest)
        if len(moments) == allowed:
            ends.append(moments[-1] + rules.LOCK)
    return max(ends, default=None)


def is_locked(staff_number: str, address: str) -> bool:
    """Whether a log-in with this staff number from this address is refused unread now."""
    return locked_until(staff_number, address) is not None


def locked_user_ids(viewer: Viewer) -> set[int]:
    """Users of the viewer's district whose staff number is locked now."""
    start = clock.now() - rules.LOCK
    counts: dict[str, int] = {}
    for index in LoginFailure.objects.filter(failed_at__gt=start).values_list(
        "number_index", flat=True
    ):
        counts[index] = counts.get(index, 0) + 1
    locked = {index for index, number in counts.items() if number >= rules.FAILURES_OF_A_NUMBER}
    if not locked:
        return set()
    return {
        row
        for row, number in users(viewer).values_list("id", "staff_number")
        if locked.intersection(number_indexes(number))
    }


def users(viewer: Viewer) -> QuerySet[User]:
    """All accounts of the viewer's district, for administrators; nobody's for anyone else."""
    rows = User.objects.order_by("pinyin", "id")
    if viewer.is_system:
        return rows
    if viewer.district_id is None or not viewer.has(*ADMINISTRATORS):
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
    return dict(User.objects.filter(pk__in=user_ids).values_list("id", "name"))


def staff_numbers(user_ids: set[int]) -> dict[int, tuple[str, str]]:
    """Staff number and full name by user id, for the trail: a name alone may be two people's."""
    rows = User.objects.filter(pk__in=user_ids).values_list("id", "staff_number", "name")
    return {user_id: (number, name) for user_id, number, name in rows}
