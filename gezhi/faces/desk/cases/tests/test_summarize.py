"""公开摘要: what neighbors may read."""

from gezhi.faces.desk.conftest import text_of


def test_a_summary_is_kept_with_who_approved_it(cast, play, desk_of):
    play.until("reported")
    response = desk_of(cast.acceptor).deed(play, "summarize", public_summary="单元门口有垃圾")
    assert response.status_code == 303
    assert play.case.public_summary == "单元门口有垃圾"
    assert play.case.summary_approved_by == cast.acceptor.user_id


def test_one_too_long_comes_back(cast, play, desk_of):
    play.until("reported")
    response = desk_of(cast.acceptor).deed(play, "summarize", public_summary="长" * 61)
    assert response.status_code == 422
    assert "长" * 61 in text_of(response)
    assert play.case.public_summary == ""
