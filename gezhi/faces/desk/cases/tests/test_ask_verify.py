"""核实: asked at the desk, answered by the grid worker of the place."""

from django.core.files.uploadedfile import SimpleUploadedFile

from gezhi.faces.desk.conftest import text_of
from gezhi.work.cases import actions
from gezhi.work.cases.models import Verification


def test_the_question_goes_to_the_grid_and_comes_back(cast, play, desk_of, photo):
    play.until("reported")
    asked = desk_of(cast.acceptor).deed(play, "ask", words="看看还在不在")
    assert asked.status_code == 303
    assert play.case.state == "verifying"
    worker = desk_of(cast.zhang)
    page = text_of(worker.get(f"cases/{play.case.number}/verify/"))
    assert "属实" in page
    answered = worker.deed(play, "verify", answer="exists", words="还在", photos=[photo()])
    assert answered.status_code == 303
    assert play.case.state == "reported"
    assert Verification.objects.get(case=play.case).answer == "exists"
    assert play.case.attachments.filter(purpose="check").count() == 1
    assert "核实回复：属实" in text_of(desk_of(cast.acceptor).get(f"cases/{play.case.number}/"))


def test_an_answer_must_be_chosen(cast, play, desk_of):
    play.until("reported")
    desk_of(cast.acceptor).deed(play, "ask")
    response = desk_of(cast.zhang).deed(play, "verify", words="写了但没选")
    assert response.status_code == 422
    assert "写了但没选" in text_of(response)


def test_the_worker_of_the_next_grid_sees_no_question(cast, play, desk_of):
    play.until("reported")
    desk_of(cast.acceptor).deed(play, "ask")
    assert desk_of(cast.zhao).deed(play, "verify", answer="absent").status_code == 404


def test_what_is_no_picture_is_refused_at_its_row(cast, play, desk_of):
    play.until("reported")
    desk_of(cast.acceptor).deed(play, "ask")
    fake = SimpleUploadedFile("photo.jpg", b"<html>not a picture</html>", "image/jpeg")
    response = desk_of(cast.zhang).deed(
        play, "verify", answer="exists", words="照片打不开", photos=[fake]
    )
    page = text_of(response)
    assert response.status_code == 422
    assert 'id="deed_photos_error"' in page
    assert "照片打不开" in page
    assert play.case.state == "verifying"


def test_a_case_on_no_grid_is_asked_of_its_community(cast, play, desk_of):
    play.report(where=actions.Where(words="桐花社区，哪一栋还不清楚"), by=cast.acceptor.viewer)
    desk = desk_of(cast.acceptor)
    page = text_of(desk.get(f"cases/{play.case.number}/ask/"))
    assert "由社区工作人员来看" in page
    assert f'value="{cast.street.community.pk}" selected' in page
    fields = {"community": str(cast.street.community.pk), "words": "看看是哪一栋"}
    assert desk.deed(play, "ask", **fields).status_code == 303
    question = Verification.objects.get(case=play.case)
    assert (play.case.state, question.grid_id) == ("verifying", None)
    assert "哪一栋还不清楚" in text_of(desk_of(cast.li).get("queues/questions/"))
    assert desk_of(cast.zhang).deed(play, "verify", answer="exists").status_code == 404
    assert desk_of(cast.sun).deed(play, "verify", answer="exists").status_code == 404
    assert desk_of(cast.li).deed(play, "verify", answer="exists").status_code == 303
    assert play.case.state == "reported"


def test_a_case_of_no_known_community_is_asked_of_the_one_that_is_chosen(cast, play, desk_of):
    play.report(where=actions.Where(words="说不清在哪儿"), by=cast.acceptor.viewer)
    desk = desk_of(cast.acceptor)
    page = text_of(desk.get(f"cases/{play.case.number}/"))
    assert "/ask/" in page and "没有定到网格" in page
    refused = desk.deed(play, "ask", words="帮着找找")
    assert refused.status_code == 422
    assert "请选一个社区" in text_of(refused) and "帮着找找" in text_of(refused)
    chosen = str(cast.street.other_community.pk)
    assert desk.deed(play, "ask", community=chosen).status_code == 303
    assert play.case.community_id == cast.street.other_community.pk
    assert desk_of(cast.sun).deed(play, "verify", answer="absent").status_code == 303


def test_a_clerk_answers_no_question_of_a_known_grid(cast, play, desk_of):
    play.until("reported")
    desk_of(cast.acceptor).deed(play, "ask")
    response = desk_of(cast.li).deed(play, "verify", answer="absent")
    assert response.status_code == 403 and play.case.state == "verifying"
