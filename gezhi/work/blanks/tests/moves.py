"""What random histories do with blanks (`tests/journeys`): printed, photographed never, typed in."""

from gezhi.work.blanks import actions
from gezhi.work.blanks.models import Blank, BlankSet
from gezhi.work.blanks.rules import number_of
from gezhi.work.cases.actions import Contact, Intake, Where
from tests.journeys.occasions import Move, Occasion


def _print(at: Occasion) -> None:
    actions.print_set(
        area_id=at.cast.street.community.pk, size=2, by=at.viewer("acceptor"), key=at.key
    )


def _type_in(at: Occasion) -> None:
    if (row := BlankSet.objects.order_by("id").first()) is None:
        return
    actions.type_in(
        serial=number_of(row.first_serial + at.who % 2),
        intake=Intake(text="纸上写的：路灯不亮", channel="paper", where=Where(), contact=Contact()),
        box="B" if at.who % 3 else "",
        by=at.viewer("acceptor"),
        key=at.key,
    )


def opened() -> int:
    """How many cases papers opened: each is a case of its own, beside those reported."""
    return Blank.objects.filter(report__isnull=False).count()


MOVES: dict[str, Move] = {"print_blanks": _print, "type_in_a_paper": _type_in}
OFTEN: tuple[str, ...] = ()
