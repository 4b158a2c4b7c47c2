"""Whether a case opens to somebody: told by its columns, and as the one door tells it."""

from itertools import product

from gezhi.kernel.viewer import Viewer
from gezhi.work.cases.models import Case
from gezhi.work.cases.queries.visible import is_openable, openable_by
from gezhi.work.cases.tests.playing import Play
from tests.cast import Cast

STATES = ("reported", "accepted", "dispatched", "handling", "checking", "checked", "closed")


def test_a_case_opens_to_whom_the_door_opens_and_to_nobody_else(cast: Cast) -> None:
    for state, confidential in product(STATES, (False, True)):
        Play(cast).until(state, confidential=confidential)
    cases = list(Case.objects.all())
    viewers = [person.viewer for _name, person in cast.staff()]
    viewers += [Viewer.system("beat"), Viewer.system("beat", 1), play_stranger(cast)]
    opened = 0
    for viewer in viewers:
        through = set(openable_by(viewer).values_list("pk", flat=True))
        assert {case.pk for case in cases if is_openable(viewer, case)} == through
        opened += len(through)
    assert opened > len(cases)


def play_stranger(cast: Cast) -> Viewer:
    return Viewer.anonymous(cast.street.district.pk)
