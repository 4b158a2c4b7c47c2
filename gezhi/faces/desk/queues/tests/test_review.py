"""Several at once, each with its photos: 自行处置 by the community, passed ones by the centre."""

import pytest

from gezhi.faces.desk.conftest import text_of
from gezhi.work.cases import actions
from gezhi.work.cases.tests.playing import Play


@pytest.fixture
def spots(cast):
    """Two cases a grid worker settled where they lay."""
    plays = []
    for _ in range(2):
        play = Play(cast).report(by=cast.zhang.viewer, channel="grid_worker")
        play.do(
            actions.handle_on_the_spot,
            cast.zhang.viewer,
            words="当场清走了",
            photos=[play.photo()],
            before_photos=[play.photo()],
            class_code="event-0102",
        )
        plays.append(play)
    return plays


def test_each_stands_with_its_photos_and_none_is_ticked(cast, spots, desk_of):
    page = text_of(desk_of(cast.li).get("queues/spot/review/"))
    assert page.count('name="number"') == 2
    assert page.count("<figcaption>处置前") == page.count("<figcaption>处置后") == 2
    assert page.count('href="/files/') == 4
    assert " checked" not in page


def test_the_ticked_ones_pass_and_the_others_stay(cast, spots, desk_of):
    response = desk_of(cast.li).post(
        "queues/spot/review/", number=[spots[0].case.number], deed_key="bulk-1"
    )
    assert response.status_code == 303
    assert spots[0].case.state == "closed"
    assert spots[1].case.state == "checking"


def test_nothing_ticked_says_so(cast, spots, desk_of):
    response = desk_of(cast.li).post("queues/spot/review/", deed_key="bulk-2")
    assert "还没有勾选" in text_of(response)


def test_one_refused_does_not_keep_the_others_and_says_why(cast, spots, desk_of):
    number = spots[1].case.number
    actions.check(
        number=number, by=cast.li.viewer, key="rework-first", passed=False, words="没清干净"
    )
    response = desk_of(cast.li).post(
        "queues/spot/review/", number=[play.case.number for play in spots], deed_key="bulk-3"
    )
    page = text_of(response)
    assert response.status_code == 200
    assert "已办结 1 件" in page
    assert "有 1 件没有办结" in page
    assert spots[0].case.state == "closed"
    assert spots[1].case.state == "handling"


def test_the_same_key_again_changes_nothing(cast, spots, desk_of):
    desk = desk_of(cast.li)
    for _ in range(2):
        desk.post("queues/spot/review/", number=[spots[0].case.number], deed_key="bulk-4")
    assert spots[0].case.steps.filter(deed="pass").count() == 1


def test_the_centre_closes_what_was_checked(cast, play, another, desk_of):
    play.until("checked")
    another.until("checking")
    page = text_of(desk_of(cast.supervisor).get("queues/closing/review/"))
    assert play.case.number in page
    assert another.case.number not in page
    assert "核查：郑秀英，通过。" in page
    response = desk_of(cast.supervisor).post(
        "queues/closing/review/",
        number=[play.case.number, another.case.number],
        deed_key="bulk-5",
    )
    assert response.status_code == 200
    assert play.case.state == "closed"
    assert another.case.state == "checking"


@pytest.mark.parametrize(
    ("name", "queue"),
    [("acceptor", "spot"), ("handler", "closing"), ("li", "accepting"), ("supervisor", "open")],
)
def test_never_for_others_and_never_for_other_queues(cast, desk_of, name, queue):
    desk = desk_of(getattr(cast, name))
    assert desk.get(f"queues/{queue}/review/").status_code == 404
    assert desk.post(f"queues/{queue}/review/", number=["1"], deed_key="x").status_code == 404


def test_the_clerk_of_the_next_community_passes_nothing_here(cast, spots, desk_of):
    response = desk_of(cast.sun).post(
        "queues/spot/review/", number=[spots[0].case.number], deed_key="bulk-6"
    )
    assert "有 1 件没有办结" in text_of(response)
    assert spots[0].case.state == "checking"
