"""地点 on the desk: put right while accepting, or by whoever holds the case; found without script."""

import re

import pytest

from gezhi.faces.desk.conftest import text_of
from gezhi.kernel import clock
from gezhi.records.places.models import Place
from gezhi.work.cases.actions import Where
from gezhi.work.triage.predictions import advise_case

ACCEPTED = {"class_code": "event-0102", "kind": "complaint", "urgency": "ordinary"}


def _unplaced(play, words="桐花苑1栋门口"):
    # As if its words had meant nothing when it came in.
    play.report(where=Where(words=words, words_only=True))
    advise_case(play.case.pk)
    return play


def test_the_place_that_is_surely_advised_stands_chosen_where_there_is_none(cast, play, desk_of):
    _unplaced(play)
    page = text_of(desk_of(cast.acceptor).get(f"cases/{play.case.number}/accept/"))
    row = page.split("place-row")[1].split("</fieldset>")[0]
    assert 'value="keep">' in row
    assert "没有定到网格" in row
    assert f'value="{cast.street.building.pk}" checked>' in row
    assert "桐花苑 1栋" in row and "建议 " in row


def test_the_page_of_the_case_says_where_it_may_be(cast, play, desk_of):
    _unplaced(play)
    desk = desk_of(cast.acceptor)
    said = "记在 桐花苑 1栋（桐花社区 第一网格）"
    assert said in text_of(desk.get(f"cases/{play.case.number}/"))
    desk.deed(play, "relocate", place_id=str(cast.street.building.pk))
    assert said not in text_of(desk.get(f"cases/{play.case.number}/"))


def test_accepting_as_advised_takes_the_advised_place(cast, play, desk_of):
    play.report(
        where=Where(words="桐花苑1栋门口", words_only=True),
        class_code="event-0102",
        kind="complaint",
    )
    advise_case(play.case.pk)
    desk = desk_of(cast.acceptor)
    page = text_of(desk.get(f"cases/{play.case.number}/"))
    assert f'name="place_id" value="{cast.street.building.pk}"' in page.split("按建议受理")[0]
    fields = ACCEPTED | {"place_id": str(cast.street.building.pk)}
    assert desk.deed(play, "accept", **fields).status_code == 303
    assert (play.case.state, play.case.grid_id) == ("accepted", cast.street.grid.pk)


def _reported_at_the_compound(cast, play, words):
    where = Where(place_id=cast.street.compound.pk, words=words)
    play.report(where=where, class_code="event-0102", kind="complaint")
    advise_case(play.case.pk)
    return play


def _direct(page):
    return dict(re.findall(r'name="(\w+)" value="([^"]*)"', page.split("按建议受理")[0]))


@pytest.mark.parametrize("words", ["1栋门口", "桐花苑1栋门口的花坛边"])
def test_accepting_as_advised_takes_the_building_where_the_compound_was_reported(
    cast, play, desk_of, words
):
    _reported_at_the_compound(cast, play, words)
    desk = desk_of(cast.acceptor)
    page = text_of(desk.get(f"cases/{play.case.number}/"))
    assert "记在 桐花苑 1栋（桐花社区 第一网格）" in page
    sent = _direct(page)
    assert sent["place_id"] == str(cast.street.building.pk)
    fields = ACCEPTED | {"place_id": sent["place_id"]}
    assert desk.deed(play, "accept", **fields).status_code == 303
    assert (play.case.state, play.case.place_id) == ("accepted", cast.street.building.pk)


@pytest.mark.parametrize("words", ["大门口", "柏树里门口", "9栋门口"])
def test_accepting_as_advised_keeps_what_the_words_do_not_tell_more_closely(
    cast, play, desk_of, words
):
    _reported_at_the_compound(cast, play, words)
    page = text_of(desk_of(cast.acceptor).get(f"cases/{play.case.number}/"))
    assert "记在 " not in page
    assert _direct(page)["place_id"] == "keep"


def test_a_place_that_staff_put_right_is_not_taken_back_by_advice(cast, play, desk_of):
    _reported_at_the_compound(cast, play, "1栋门口")
    desk = desk_of(cast.acceptor)
    desk.deed(play, "relocate", place_id=str(cast.street.next_compound.pk))
    page = text_of(desk.get(f"cases/{play.case.number}/"))
    assert _direct(page)["place_id"] == "keep"


def test_accepting_without_a_choice_keeps_the_place(cast, play, desk_of):
    _unplaced(play)
    desk = desk_of(cast.acceptor)
    assert desk.deed(play, "accept", **ACCEPTED, place_id="keep").status_code == 303
    assert (play.case.state, play.case.place_id) == ("accepted", None)


def test_accepting_with_the_advised_place_puts_the_case_there(cast, play, desk_of):
    _unplaced(play)
    desk = desk_of(cast.acceptor)
    fields = ACCEPTED | {"place_id": str(cast.street.building.pk)}
    assert desk.deed(play, "accept", **fields).status_code == 303
    assert (play.case.place_id, play.case.grid_id) == (
        cast.street.building.pk,
        cast.street.grid.pk,
    )
    page = text_of(desk.get(f"cases/{play.case.number}/"))
    assert "受理立案：暴露垃圾，地点 桐花苑 1栋" in page


def test_words_are_never_guessed_from(cast, play, desk_of):
    play.report()
    desk = desk_of(cast.acceptor)
    fields = ACCEPTED | {"place_id": "keep", "place_words": "柏树里", "words": "我的备注"}
    response = desk.deed(play, "accept", **fields)
    page = text_of(response)
    assert response.status_code == 422
    assert "请点选一个地点；要保持原地点，就把这里清空" in page
    assert f'value="{cast.street.next_compound.pk}"' in page
    assert "我的备注" in page
    response = desk.deed(play, "accept", **fields | {"place_words": "没有的小区"})
    assert response.status_code == 422
    assert "没有叫这个的小区或楼栋，换个词再找" in text_of(response)
    assert play.case.state == "reported"


def test_looking_for_a_place_without_script_does_nothing_else(cast, play, desk_of):
    play.report()
    fields = ACCEPTED | {"place_words": "桐花苑 1栋", "words": "还没写完", "look": "place"}
    response = desk_of(cast.acceptor).deed(play, "accept", **fields)
    page = text_of(response)
    assert response.status_code == 200
    assert f'value="{cast.street.building.pk}"' in page
    assert "还没写完" in page
    assert play.case.state == "reported"


def test_a_place_that_is_gone_meanwhile_is_said_at_its_row(cast, play, desk_of):
    play.report()
    gone = cast.street.next_compound
    Place.objects.filter(pk=gone.pk).update(retired_at=clock.now())
    for chosen in (str(gone.pk), "nonsense"):
        response = desk_of(cast.acceptor).deed(play, "accept", **ACCEPTED, place_id=chosen)
        page = text_of(response)
        assert response.status_code == 422
        assert "没有这个地点，请重新选择" in page.split('id="deed_place_words_error"')[1]
    assert play.case.state == "reported"


def test_whoever_holds_it_moves_it_and_reads_it_in_the_story(cast, play, desk_of):
    play.until("handling")
    desk = desk_of(cast.handler)
    assert f"/desk/cases/{play.case.number}/relocate/" in text_of(
        desk.get(f"cases/{play.case.number}/")
    )
    chosen = str(cast.street.next_compound.pk)
    response = desk.deed(play, "relocate", place_id=chosen, words="到现场看了，在后面那条街")
    assert response.status_code == 303
    page = text_of(desk.get(f"cases/{play.case.number}/"))
    assert "改地点：柏树里" in page
    assert "到现场看了，在后面那条街" in page
    assert play.case.place_id == cast.street.next_compound.pk


def test_moving_without_a_choice_is_asked_back(cast, play, desk_of):
    play.report()
    desk = desk_of(cast.acceptor)
    for words in ("", "柏"):
        response = desk.deed(play, "relocate", place_words=words)
        assert response.status_code == 422
        assert "点选一个地点" in text_of(response)
    page = text_of(desk.get(f"cases/{play.case.number}/relocate/"))
    assert "保持原地点" not in page
    assert "现在记在：桐花苑1栋门口" in page


def test_words_that_mean_one_place_for_sure_move_it_there(cast, play, desk_of):
    play.report()
    desk = desk_of(cast.acceptor)
    assert desk.deed(play, "relocate", place_words="柏树里").status_code == 303
    assert play.case.place_id == cast.street.next_compound.pk


def test_where_it_is_already_is_said_at_the_row(cast, play, desk_of):
    play.report(where=Where(place_id=cast.street.building.pk))
    chosen = str(cast.street.building.pk)
    response = desk_of(cast.acceptor).deed(play, "relocate", place_id=chosen)
    assert response.status_code == 422
    assert "已经在这个地点了" in text_of(response)


def test_who_does_not_hold_it_is_told_who_does(cast, play, desk_of):
    play.report()
    number = play.case.number
    response = desk_of(cast.wang).get(f"cases/{number}/relocate/")
    assert response.status_code == 403
    assert "改地点由持有单位的工作人员来做" in text_of(response)
    assert desk_of(cast.he).get(f"cases/{number}/relocate/").status_code == 404
    assert f"cases/{number}/relocate/" not in text_of(desk_of(cast.wang).get(f"cases/{number}/"))


def test_a_case_moved_out_of_sight_leads_back_to_the_list(cast, play, desk_of):
    play.report()
    where = {"place_id": str(cast.street.next_compound.pk)}
    Place.objects.filter(pk=cast.street.next_compound.pk).update(
        street_id=cast.street.other_street.pk, community_id=None, grid_id=None, longitude=None
    )
    response = desk_of(cast.acceptor).deed(play, "relocate", **where)
    assert (response.status_code, response.headers["Location"]) == (303, "/desk/")


def test_places_are_found_while_typing_by_who_sees_the_case(cast, play, desk_of):
    _unplaced(play)
    address = f"cases/{play.case.number}/places/"
    desk = desk_of(cast.acceptor)
    part = text_of(desk.post(address, into="place-choices", place_words="柏树"))
    assert "<html" not in part
    assert "柏树里" in part and "桐花苑" not in part
    cleared = text_of(desk.post(address, place_words="", place_id="keep"))
    assert "桐花苑 1栋" in cleared and "建议 " in cleared
    chosen = str(cast.street.next_compound.pk)
    kept = text_of(desk.post(address, place_words="桐花", place_id=chosen))
    assert f'value="{chosen}" checked' in kept
    assert "换个词再找" in text_of(desk.post(address, place_words="没有的"))
    assert desk_of(cast.he).post(address, place_words="柏树").status_code == 404
