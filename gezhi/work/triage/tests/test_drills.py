"""演练: nothing is learnt from the cases of a drill, no topic is made of them, no case is like them."""

import pytest

from gezhi.kernel.viewer import Viewer
from gezhi.work.cases import actions
from gezhi.work.cases.tests.playing import Play, fresh_key
from gezhi.work.triage import answering
from gezhi.work.triage.history import lessons, taught
from gezhi.work.triage.models import Fingerprint
from gezhi.work.triage.predictions import advise_case
from gezhi.work.triage.queries import similar_cases, topics
from gezhi.work.triage.tests.test_topics import SAYINGS, _speak
from gezhi.work.triage.topics.finding import find_all
from tests.cast import Cast

SAID = "桐花苑1栋地下室进水，已经没过脚面，电瓶车泡在水里"


def _drilled(play: Play) -> Play:
    actions.enlist(
        emergency_id=1,
        drill=True,
        number=play.case.number,
        by=Viewer.system("emergency", play.case.district_id),
        key=fresh_key(),
    )
    return play


@pytest.mark.parametrize("what", ["class", "kind", "unit"])
def test_a_case_of_a_drill_teaches_nothing(cast: Cast, what: str) -> None:
    district_id = cast.street.district.pk
    _drilled(Play(cast).until("dispatched"))
    assert lessons(district_id, what) == []
    Play(cast).until("dispatched")
    assert taught(district_id, what) == 1


def test_an_answer_given_in_a_drill_is_proposed_to_nobody(cast: Cast) -> None:
    _drilled(Play(cast).report()).accept().dispatch().take().finish().check().close()
    answering.forget()
    assert len(answering.shelf_of(cast.street.district.pk)) == 0


def test_no_real_case_is_the_same_as_one_of_a_drill(cast: Cast) -> None:
    drilled = _drilled(Play(cast).report(text=SAID))
    advise_case(drilled.case.pk)
    assert bytes(Fingerprint.objects.get(case=drilled.case).content) == b""
    real = Play(cast).report(text=SAID)
    advise_case(real.case.pk)
    assert similar_cases(cast.acceptor.viewer, real.case) == []


def test_what_is_said_in_drills_becomes_no_topic(cast: Cast) -> None:
    for number, text in enumerate(SAYINGS):
        _drilled(_speak(cast, text, number))
    find_all()
    assert topics(cast.wang.viewer) == []
