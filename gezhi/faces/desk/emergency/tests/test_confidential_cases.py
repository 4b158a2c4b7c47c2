"""A case that was made confidential after a grid told of it is on no page of its emergency any more."""

import pytest

from gezhi.faces.desk.conftest import text_of
from gezhi.work.cases import actions as cases
from gezhi.work.cases.tests.playing import fresh_key
from gezhi.work.emergency import actions
from tests import emergencies

WORDS = "3 栋 501 的王老太在地下室摔倒"
PAGES = (
    "", "?show=cases", "?show=grids", "?show=major", "?show=crew", "?show=log", "report/",
)  # fmt: skip
PIECE = {"HX-Request": "true", "HX-Target": "board-live"}


@pytest.fixture
def flood(cast):
    """A flood in the street with trouble in grid one, a major case that was made confidential."""
    row = emergencies.flood(cast, trouble=WORDS)
    number = row.cases.get().case.number
    actions.name_major(emergency_id=row.pk, number=number, user_id=None, by=cast.wang.viewer)
    cases.restrict(number=number, by=cast.acceptor.viewer, key=fresh_key())
    return row


@pytest.fixture
def number(flood):
    """The number of that case."""
    return flood.cases.get().case.number


def _pages(desk, row):
    for page in PAGES:
        for headers in ({}, PIECE):
            yield text_of(desk.client.get(f"/desk/emergency/{row.pk}/{page}", headers=headers))


@pytest.mark.parametrize(
    "name", ["supervisor", "wang", "dispatcher", "checker", "li", "zhang", "zhao", "handler"]
)
def test_neither_its_words_nor_its_number_stand_anywhere(cast, desk_of, flood, number, name):
    for page in _pages(desk_of(getattr(cast, name)), flood):
        assert WORDS not in page
        assert number not in page


def test_whoever_has_it_in_hand_reads_it(cast, desk_of, flood):
    pages = list(_pages(desk_of(cast.acceptor), flood))
    assert sum(WORDS in page for page in pages) >= 6


def test_whoever_oversees_reads_that_there_is_one(cast, desk_of, flood):
    desk = desk_of(cast.supervisor)
    assert "另有保密事项 1 件" in text_of(desk.get(f"emergency/{flood.pk}/"))
    assert "保密的事" in text_of(desk.get(f"emergency/{flood.pk}/", show="grids"))
    assert "另有保密事项 1 件，不在数里" in text_of(desk.get(f"emergency/{flood.pk}/report/"))
    clerk = desk_of(cast.li)
    for page in _pages(clerk, flood):
        assert "另有保密事项" not in page


def test_the_end_names_it_by_its_number_for_somebody_to_be_named(cast, desk_of, flood, number):
    desk = desk_of(cast.supervisor)
    off = text_of(desk.get(f"emergency/{flood.pk}/off/"))
    assert WORDS not in off
    assert "还有 1 件没办完" in off
    assert number in off
    url = f"emergency/{flood.pk}/cases/{number}/major/"
    page = text_of(desk.get(url))
    assert "保密的事" in page
    assert WORDS not in page
    assert f"/desk/cases/{number}/" not in page
    assert desk.post(url, named=cast.wang.user_id).status_code == 303
    done = desk.post(f"emergency/{flood.pk}/off/", summary="雨停了", goes_on="on")
    assert done.status_code == 303
    for report in _pages(desk, flood):
        assert number not in report
