"""核实: asked at the desk, answered by the grid worker of the place."""

from django.core.files.uploadedfile import SimpleUploadedFile

from gezhi.faces.desk.tests.conftest import text_of
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


def test_a_case_on_no_grid_cannot_be_asked_about(cast, play, desk_of):
    play.report(where=actions.Where(words="说不清在哪儿"), by=cast.acceptor.viewer)
    page = text_of(desk_of(cast.acceptor).get(f"cases/{play.case.number}/"))
    assert "/ask/" not in page
    assert "没有定到网格" in page
