"""Who is on duty in the demo: the centre and two communities, a swap that waits, a night without
anybody."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from gezhi.faces.terminal.demo.offices import CENTRE
from gezhi.faces.terminal.demo.places import Ground
from gezhi.ground.accounts.models import User
from gezhi.kernel import clock
from gezhi.kernel.viewer import Viewer
from gezhi.records.posts import rota_gaps
from gezhi.records.posts.actions import ask_swap, begin_rota, set_shift
from gezhi.records.posts.models import Rota
from gezhi.records.posts.patterns import DayKind, Turn
from gezhi.records.posts.queries import viewer_of
from gezhi.records.posts.rota_words import LineDraft
from gezhi.records.units.models import Unit

_NINE, _FIVE = 9 * 60, 17 * 60
_CENTRE_NIGHT: Final = ("1011", "1001", "1012", "1002", "1021", "1031")
_CENTRE_CHIEFS: Final = ("1004", "1005")
_COMMUNITIES: Final = (1, 2)


def begin_rotas(
    ground: Ground, units: Mapping[str, Unit], users: Mapping[str, User], *, by: Viewer
) -> None:
    """Begin the rotas on the day of the moved clock."""
    _begin(units[CENTRE], "中心值班", _round_the_clock(users, _CENTRE_NIGHT), by)
    chiefs = tuple(users[number].pk for number in _CENTRE_CHIEFS)
    whole = LineDraft(DayKind.EVERY, _NINE, _NINE, chiefs, turn=Turn.WEEK)
    _begin(units[CENTRE], "带班", [whole], by)
    codes = sorted(ground.communities)
    for order in _COMMUNITIES:
        people = [f"2{order}01", f"3{order}01", f"2{order}02", f"3{order}02", f"3{order}03"]
        present = [number for number in people if number in users]
        office = units[f"office-{codes[order - 1]}"]
        _begin(office, "社区值班", _round_the_clock(users, present), by)


def go_on(now: datetime) -> None:
    """Write the shifts up to now and on from it, as the nights between would have; then a swap that
    waits for an answer and a night nobody has."""
    with clock.moved_to(now - timedelta(days=35)):
        rota_gaps.write_ahead()
    rota_gaps.write_ahead()
    community = list(Rota.objects.filter(name="社区值班").order_by("made_at", "id"))
    for rota in community[:1]:
        _ask(rota)
    for rota in community[1:]:
        night = rota.shifts.filter(from_at__gt=clock.now() + timedelta(hours=4)).first()
        if night is not None:
            by = Viewer.system("demo", rota.district_id)
            set_shift(
                rota_id=rota.pk, from_at=night.from_at, to_at=night.to_at, user_id=None,
                reason="临时抽调，还没定谁来", by=by,
            )  # fmt: skip


def _ask(rota: Rota) -> None:
    """Whoever has the first coming shift asks the clerk of the demo accounts to swap."""
    clerk = User.objects.get(staff_number="2101")
    coming = rota.shifts.filter(from_at__gt=clock.now(), user__isnull=False).order_by("from_at")
    theirs = coming.filter(user=clerk).first()
    mine = coming.exclude(user=clerk).first()
    if mine is not None and mine.user is not None and theirs is not None:
        ask_swap(shift_id=mine.pk, for_shift_id=theirs.pk, by=viewer_of(mine.user))


def _round_the_clock(users: Mapping[str, User], numbers: Sequence[str]) -> list[LineDraft]:
    """Every night, and the days on which nobody works."""
    people = tuple(users[number].pk for number in numbers)
    days = people[1:] + people[:1]
    return [
        LineDraft(DayKind.EVERY, _FIVE, _NINE, people),
        LineDraft(DayKind.REST, _NINE, _FIVE, days),
        LineDraft(DayKind.HOLIDAY, _NINE, _FIVE, days),
    ]


def _begin(unit: Unit, name: str, lines: list[LineDraft], by: Viewer) -> None:
    begin_rota(unit=unit, name=name, lines=lines, from_day=clock.today(), by=by)
