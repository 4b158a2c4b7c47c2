"""Finding a class while typing."""

from gezhi.faces.desk.cases.deeds import classes
from gezhi.faces.desk.conftest import text_of


def test_a_name_goes_before_a_description(cast):
    found = [row.name for row in classes.find("暴露垃圾")]
    assert found[0] == "暴露垃圾"


def test_words_apart_must_all_fit(cast):
    names = {row.name for row in classes.find("井盖 污水")}
    assert "污水井盖" in names
    assert "上水井盖" not in names


def test_a_code_is_understood(cast):
    assert classes.find("event-0102")[0].code == "event-0102"


def test_what_residents_call_it_is_found_by_keywords(cast):
    assert "component-0101" in {row.code for row in classes.find("没盖")} or any(
        "井盖" in row.name for row in classes.find("没盖")
    )


def test_no_words_and_nonsense_find_nothing(cast):
    assert classes.find("  ") == []
    assert classes.find("没有这样的类别") == []


def test_at_most_eight_and_never_a_family(cast):
    found = classes.find("设施")
    assert 0 < len(found) <= 8
    leaves = {row.code for row in classes.leaves()}
    assert {row.code for row in found} <= leaves


def test_the_part_keeps_what_is_chosen(cast, desk_of):
    page = text_of(
        desk_of(cast.acceptor).get("classes/", class_words="路灯", class_code="event-0102")
    )
    assert page.index('value="event-0102" data-summary="暴露垃圾" checked') >= 0
    assert "路灯" in page
    assert "办理时限" in page


def test_a_stranger_is_asked_to_log_in(client):
    assert client.get("/desk/classes/?class_words=路灯").status_code == 302
