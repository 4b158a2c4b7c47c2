"""A restricted case is opened by need: by whoever oversees, recorded, for eight hours, told in it."""

from datetime import timedelta

import pytest

from gezhi.ground.audit.models import Entry
from gezhi.kernel import clock
from gezhi.kernel.errors import Invalid, Unseen
from gezhi.work.cases import actions, queries
from gezhi.work.cases.models import Opening
from gezhi.work.cases.rules import REVEALED_HOURS, Sight
from gezhi.work.cases.tests.playing import Play
from tests.cast import Cast


@pytest.fixture
def kept(cast: Cast) -> Play:
    """A restricted case in the hand of a unit."""
    return Play(cast).until("handling", confidential=True, text="三楼有人开赌场")


def _open(kept: Play, person: str = "wang", **said: str) -> Opening:
    said = {"need": "decide"} | said
    viewer = getattr(kept.cast, person).viewer
    return actions.open_case(number=kept.case.number, by=viewer, **said)


def test_it_opens_to_who_asked_and_to_nobody_else(cast: Cast, kept: Play) -> None:
    _open(kept)
    page = queries.case_page(cast.wang.viewer, kept.case.number)
    assert page.sight is Sight.WHOLE and page.reports[0].text == "三楼有人开赌场"
    with pytest.raises(Unseen):
        queries.case_page(cast.supervisor.viewer, kept.case.number)


def test_it_closes_again_after_its_hours(cast: Cast, kept: Play) -> None:
    _open(kept)
    clock.advance(timedelta(hours=REVEALED_HOURS))
    with pytest.raises(Unseen):
        queries.case_page(cast.wang.viewer, kept.case.number)
    assert queries.confidential_case(cast.wang.viewer, kept.case.number).opens is False


def test_who_when_and_why_stand_in_the_trail_and_in_its_own_story(cast: Cast, kept: Play) -> None:
    _open(kept, need="other", words="巡察组调阅")
    entry = Entry.objects.get(verb="read.case")
    assert (entry.user_id, entry.subject_id, entry.purpose) == (
        cast.wang.user_id,
        kept.case.pk,
        "other: 巡察组调阅",
    )
    kept.finish()
    (line,) = queries.case_page(cast.checker.viewer, kept.case.number).openings
    assert (line.doer, line.words, line.opened_at) == ("王志远", "巡察组调阅", clock.now())


def test_the_unit_is_not_told_who_looked(cast: Cast, kept: Play) -> None:
    _open(kept)
    assert queries.case_page(cast.handler.viewer, kept.case.number).openings == ()


def test_asked_twice_it_is_opened_once(cast: Cast, kept: Play) -> None:
    first, again = _open(kept), _open(kept, need="urged")
    assert first == again
    assert Entry.objects.filter(verb="read.case").count() == 1


@pytest.mark.parametrize(
    "said",
    [{"need": ""}, {"need": "nosy"}, {"need": "other"}, {"need": "other", "words": "字" * 51}],
)
def test_without_a_need_it_stays_shut(kept: Play, said: dict[str, str]) -> None:
    with pytest.raises(Invalid):
        _open(kept, **said)
    assert not Opening.objects.exists() and not Entry.objects.filter(verb="read.case").exists()


@pytest.mark.parametrize(
    "person",
    ["acceptor", "dispatcher", "checker", "handler", "li", "zhang", "he", "audit_administrator"],
)
def test_nobody_else_can_open_it(kept: Play, person: str) -> None:
    with pytest.raises(Unseen):
        _open(kept, person)


def test_an_open_case_needs_no_opening(cast: Cast) -> None:
    with pytest.raises(Unseen):
        _open(Play(cast).report())


def test_the_contact_stays_masked_to_a_leader(cast: Cast, kept: Play) -> None:
    _open(kept)
    page = queries.case_page(cast.wang.viewer, kept.case.number)
    assert not page.shows_contact
    assert cast.chen.phone not in repr(page) and cast.chen.name not in repr(page)
