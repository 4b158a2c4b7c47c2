"""合并: picked from what is near, or by its number."""

from gezhi.faces.desk.conftest import text_of
from gezhi.work.cases import actions


def _at_the_compound(cast):
    return actions.Where(place_id=cast.street.building.pk, words="桐花苑1栋")


def test_what_lies_near_is_offered(cast, play, another, desk_of):
    another.report(where=_at_the_compound(cast), text="先反映的一件")
    play.report(where=_at_the_compound(cast), text="后反映的一件")
    desk = desk_of(cast.acceptor)
    assert "附近还没办完的事" in text_of(desk.get(f"cases/{play.case.number}/"))
    page = text_of(desk.get(f"cases/{play.case.number}/merge/"))
    assert f'value="{another.case.number}"' in page
    assert "先反映的一件" in page


def test_what_nobody_has_classed_yet_is_offered_within_its_grid(cast, play, another, desk_of):
    """Two lamps of one street, at two numbers of it: no compound holds them, no class names them."""
    spot = {"longitude": cast.street.point[0], "latitude": cast.street.point[1]}
    another.report(where=actions.Where(words="均福街", **spot), text="均福街三盏路灯不亮")
    play.report(where=actions.Where(words="均福街3号", **spot), text="均福街3号门口路灯不亮")
    page = text_of(desk_of(cast.acceptor).get(f"cases/{play.case.number}/merge/"))
    assert f'value="{another.case.number}"' in page


def test_the_chosen_one_takes_the_reports(cast, play, another, desk_of):
    another.report(where=_at_the_compound(cast))
    play.report(where=_at_the_compound(cast))
    response = desk_of(cast.acceptor).deed(play, "merge", chosen=another.case.number)
    assert response.status_code == 303
    assert play.case.state == "merged"
    assert another.case.reports.count() == 2


def test_a_typed_number_with_blanks_is_understood(cast, play, another, desk_of):
    another.until("reported")
    play.report()
    number = another.case.number
    typed = f"{number[:6]} {number[6:14]} {number[14:]}"
    assert desk_of(cast.acceptor).deed(play, "merge", typed_number=typed).status_code == 303
    assert play.case.merged_into == another.case


def test_a_wrong_number_comes_back_with_what_was_typed(cast, play, desk_of):
    play.until("reported")
    response = desk_of(cast.acceptor).deed(
        play, "merge", typed_number="519901202611239999999", words="同一堆垃圾"
    )
    page = text_of(response)
    assert response.status_code == 422
    assert "没有找到要并入的事件" in page
    assert "519901202611239999999" in page
    assert "同一堆垃圾" in page


def test_into_itself_or_into_nothing_is_refused(cast, play, desk_of):
    play.until("reported")
    desk = desk_of(cast.acceptor)
    itself = desk.deed(play, "merge", typed_number=play.case.number)
    assert "不能并入自己" in text_of(itself)
    nothing = desk.deed(play, "merge")
    assert nothing.status_code == 422
    assert "请选一件，或写案件号" in text_of(nothing)


def test_into_what_has_ended_is_a_conflict(cast, play, another, desk_of):
    another.until("closed")
    play.report()
    response = desk_of(cast.acceptor).deed(play, "merge", typed_number=another.case.number)
    assert response.status_code == 409
    assert "已经办完，不能并入" in text_of(response)
    assert play.case.state == "reported"


def test_a_merged_case_says_where_its_words_went(cast, play, another, desk_of):
    another.report(where=_at_the_compound(cast))
    play.report(where=_at_the_compound(cast))
    desk = desk_of(cast.acceptor)
    desk.deed(play, "merge", chosen=another.case.number)
    page = text_of(desk.get(f"cases/{play.case.number}/"))
    assert f'<a href="/desk/cases/{another.case.number}/">' in page
    assert "这件事保密" not in page and "转办内容" not in page


def test_a_confidential_case_is_laid_beside_nothing(cast, play, another, desk_of):
    another.report(where=_at_the_compound(cast))
    play.report(where=_at_the_compound(cast), confidential=True)
    page = text_of(desk_of(cast.acceptor).get(f"cases/{play.case.number}/"))
    assert "附近还没办完的事" not in page and another.case.number not in page
