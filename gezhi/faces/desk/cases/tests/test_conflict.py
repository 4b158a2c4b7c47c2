"""Somebody was faster: both versions side by side, what was typed is kept."""

from gezhi.faces.desk.conftest import text_of
from gezhi.work.cases import actions


def test_both_versions_stand_side_by_side(cast, play, desk_of):
    play.until("reported")
    seen = play.case.version
    play.do(actions.ask, cast.acceptor.viewer)
    response = desk_of(cast.acceptor).deed(
        play, "accept", version=seen, class_code="event-0102", words="我的备注", urgency="ordinary"
    )
    page = text_of(response)
    assert response.status_code == 409
    assert f"{cast.acceptor.name}刚刚改过这件事" in page
    for word in ("您写的", "现在的", "待受理", "核实中", "暴露垃圾", "我的备注", "请网格员核实"):
        assert word in page
    assert play.case.state == "verifying"


def test_what_can_still_be_done_keeps_its_form_and_words(cast, play, desk_of):
    play.until("reported")
    seen = play.case.version
    play.do(actions.summarize, cast.acceptor.viewer, public_summary="别人写的摘要")
    response = desk_of(cast.acceptor).deed(
        play, "accept", version=seen, class_code="event-0102", public_summary="我写的摘要"
    )
    page = text_of(response)
    assert response.status_code == 409
    assert "别人写的摘要" in page
    assert 'value="我写的摘要"' in page
    assert f'name="version" value="{play.case.version}"' in page


def test_a_key_with_another_content_does_nothing_twice(cast, play, desk_of):
    play.until("reported")
    desk = desk_of(cast.acceptor)
    desk.deed(play, "summarize", deed_key="one-key", public_summary="第一次写的")
    response = desk.deed(play, "summarize", deed_key="one-key", public_summary="第二次写的")
    page = text_of(response)
    assert response.status_code == 409
    assert "这一步刚才已经提交过" in page
    assert "第二次写的" in page
    assert play.case.public_summary == "第一次写的"


def test_a_form_without_a_key_is_asked_to_reload(cast, play, desk_of):
    play.until("reported")
    response = desk_of(cast.acceptor).deed(
        play, "summarize", deed_key="", public_summary="没有编号"
    )
    assert response.status_code == 422
    assert "缺少操作编号" in text_of(response)
    assert "没有编号" in text_of(response)


def test_a_deed_that_never_was_is_not_found(cast, play, desk_of):
    play.until("reported")
    desk = desk_of(cast.acceptor)
    for deed in ("archive", "lift", "nonsense", "handle_on_the_spot"):
        assert desk.get(f"cases/{play.case.number}/{deed}/").status_code == 404
        assert desk.deed(play, deed).status_code == 404
