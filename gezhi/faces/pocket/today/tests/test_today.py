"""今日, 核查 and 我报的: what waits for this worker and for nobody else."""

from datetime import datetime

from gezhi.work.cases import actions
from gezhi.work.cases.tests.playing import Play


def test_a_question_of_the_centre_waits_on_the_first_page(cast, phone, play):
    play.report().do(actions.ask, cast.acceptor.viewer)
    page = phone.get("/pocket/").content.decode()
    assert "单元门口堆了两袋建筑垃圾" in page
    assert "请您核实" in page
    assert f"/pocket/cases/{play.receipt.case_number}/" in page


def test_work_of_another_unit_waits_to_be_checked(phone, play):
    play.until("checking")
    assert "请您核查" in phone.get("/pocket/").content.decode()
    assert "单元门口" in phone.get("/pocket/checks/").content.decode()


def due(play: Play) -> datetime:
    assert play.case.due_at is not None
    return play.case.due_at


def test_what_turns_red_first_stands_first(cast, phone):
    late, soon = Play(cast).until("checking"), Play(cast).report()
    soon.do(actions.ask, cast.acceptor.viewer)
    page = phone.get("/pocket/").content.decode()
    numbers = sorted(
        (late.receipt.case_number, soon.receipt.case_number),
        key=lambda number: page.index(f"/pocket/cases/{number}/"),
    )
    first = soon if due(soon) < due(late) else late
    assert numbers[0] == first.receipt.case_number


def test_a_case_to_look_at_is_not_listed_twice(phone, play):
    play.until("checking")
    page = phone.get("/pocket/").content.decode()
    assert page.count(f'/pocket/cases/{play.receipt.case_number}/"') == 1


def test_at_most_five_wait_and_the_rest_is_told(cast, phone):
    for _ in range(7):
        Play(cast).report().do(actions.ask, cast.acceptor.viewer)
    page = phone.get("/pocket/").content.decode()
    assert page.count("请您核实") == 5
    assert "还有 2 件" in page


def test_the_next_grid_sees_nothing_of_it(next_phone, play):
    play.until("checking")
    for path in ("/pocket/", "/pocket/checks/", "/pocket/mine/"):
        assert "单元门口" not in next_phone.get(path).content.decode()


def test_an_empty_day_says_what_will_stand_here(phone):
    page = phone.get("/pocket/").content.decode()
    assert "现在没有要您核实或核查的" in page
    assert "第一网格" in page
    assert "没有等您核查的事" in phone.get("/pocket/checks/").content.decode()
    assert "您还没有报过事" in phone.get("/pocket/mine/").content.decode()


def test_what_the_worker_reported_stays_in_sight_to_the_end(cast, phone, play):
    play.report(by=cast.zhang.viewer, channel="grid_worker", text="井盖响")
    assert "井盖响" in phone.get("/pocket/mine/").content.decode()


def test_a_wrong_place_in_a_list_is_refused_in_words(phone):
    answer = phone.get("/pocket/checks/?after=nonsense")
    assert answer.status_code == 422
    assert "第一页" in answer.content.decode()


def test_only_grid_workers_have_the_phone_pages(cast, client, client_of):
    assert client.get("/pocket/").url.startswith("/login/")
    for person in (cast.li, cast.acceptor, cast.system_administrator):
        assert client_of(person).get("/pocket/").status_code == 404


def test_nobody_is_watched_or_ranked(phone, play):
    play.until("checking")
    page = phone.get("/pocket/").content.decode()
    for word in ("打卡", "签到", "里程", "排名", "积分", "在线时长"):
        assert word not in page
