"""/desk/guests/: links are given on the page of a case, seen here, and taken back."""

import re
from typing import Any

import pytest

from gezhi.faces.desk.conftest import text_of
from gezhi.work.cases.models import Invitation
from gezhi.work.cases.tests.playing import Play, fresh_key

BRIEF = "把门口的袋子清走"


@pytest.fixture
def sent(play: Play) -> Play:
    """A case sent to the property firm, where nobody is in post."""
    return play.report().accept().dispatch(lead_unit_id=play.cast.street.property_firm.pk)


def give(desk: Any, play: Play, **typed: Any) -> Any:
    """The form of a link, sent by whoever sits at this desk."""
    fields = {
        "unit_id": str(play.cast.street.property_firm.pk),
        "words": BRIEF,
        "version": str(play.case.version),
        "deed_key": fresh_key(),
    } | typed
    return desk.post(f"cases/{play.case.number}/invite/", **fields)


def signs_in(page: str) -> tuple[str, str]:
    """The link and the code as the page shows them."""
    (link,) = set(re.findall(r"/g/(\w+)", page))
    (code,) = set(re.findall(r"要填的码：(\d{6})", page))
    return link, code


def test_the_dispatcher_gives_a_link_and_a_code_apart(sent: Play, desk_of: Any) -> None:
    desk = desk_of(sent.cast.dispatcher)
    assert "发临时链接" in text_of(desk.get(f"cases/{sent.case.number}/"))
    response = give(desk, sent)
    assert response.status_code == 200 and response["Cache-Control"] == "no-store"
    link, code = signs_in(response.content.decode())
    first, second = re.findall(r"<textarea[^>]*>([^<]*)<", response.content.decode())
    assert link in first and code not in first
    assert code in second and link not in second
    # It is shown once: the page of the case itself has neither.
    again = desk.get(f"cases/{sent.case.number}/").content.decode()
    assert link not in again and code not in again
    assert "还没有人打开" in again


def test_the_same_button_twice_shows_the_same_link(sent: Play, desk_of: Any) -> None:
    desk, key = desk_of(sent.cast.dispatcher), fresh_key()
    first = give(desk, sent, deed_key=key)
    version = sent.case.version - 1
    again = give(desk, sent, deed_key=key, version=str(version))
    assert signs_in(first.content.decode()) == signs_in(again.content.decode())
    assert Invitation.objects.count() == 1


def test_without_words_it_comes_back_as_typed(sent: Play, desk_of: Any) -> None:
    refused = give(desk_of(sent.cast.dispatcher), sent, words="", contact="门卫老周")
    assert refused.status_code == 422
    assert "门卫老周" in refused.content.decode()
    assert not Invitation.objects.exists()


def test_the_list_says_who_gave_it_and_who_opened_it(sent: Play, desk_of: Any, client: Any) -> None:
    desk = desk_of(sent.cast.dispatcher)
    link, code = signs_in(give(desk, sent).content.decode())
    client.post(f"/g/{link}", {"code": "1" if code != "1" else "2"})
    client.post(f"/g/{link}", {"code": code})
    shown = text_of(desk.get("guests/"))
    assert sent.cast.street.property_firm.name in shown
    assert sent.cast.dispatcher.name in shown
    assert "第 1 台手机" in shown and "码输错 1 次" in shown
    assert link not in shown and code not in shown


def test_what_the_unit_has_done_is_said_where_its_link_stands(
    sent: Play, desk_of: Any, client: Any, photo: Any
) -> None:
    desk = desk_of(sent.cast.dispatcher)
    link, code = signs_in(give(desk, sent).content.decode())
    client.post(f"/g/{link}", {"code": code})
    for page in ("guests/", f"cases/{sent.case.number}/"):
        assert "办完了" not in text_of(desk.get(page))
    client.post(f"/g/{link}/take", {"deed_key": fresh_key()})
    done = {"deed_key": fresh_key(), "words": "清走了", "photos": photo()}
    assert client.post(f"/g/{link}/finish", done).status_code == 303
    for page in ("guests/", f"cases/{sent.case.number}/"):
        assert "办完了" in text_of(desk.get(page))


def test_taken_back_it_stands_among_the_ended(sent: Play, desk_of: Any, client: Any) -> None:
    desk = desk_of(sent.cast.dispatcher)
    link, _code = signs_in(give(desk, sent).content.decode())
    fields = {"deed_key": fresh_key(), "version": str(sent.case.version), "words": "发错群了"}
    assert desk.post(f"cases/{sent.case.number}/revoke/", **fields).status_code == 303
    assert client.get(f"/g/{link}").status_code == 410
    assert "现在没有有效的临时链接" in text_of(desk.get("guests/"))
    assert "收回" in text_of(desk.get("guests/?show=ended"))


def test_a_question_from_outside_is_answered_on_the_page_of_the_case(
    sent: Play, desk_of: Any, client: Any
) -> None:
    desk = desk_of(sent.cast.dispatcher)
    link, code = signs_in(give(desk, sent).content.decode())
    client.post(f"/g/{link}", {"code": code})
    client.post(f"/g/{link}/ask", {"deed_key": fresh_key(), "words": "钥匙在谁那里？"})
    assert "对方问：钥匙在谁那里？" in text_of(desk.get(f"cases/{sent.case.number}/respond/"))
    fields = {"deed_key": fresh_key(), "version": str(sent.case.version), "words": "在门卫那里"}
    assert desk.post(f"cases/{sent.case.number}/respond/", **fields).status_code == 303
    assert "在门卫那里" in client.get(f"/g/{link}").content.decode()


def test_who_does_not_send_has_no_such_list(cast: Any, desk_of: Any) -> None:
    assert desk_of(cast.handler).get("guests/").status_code == 404
    assert desk_of(cast.dispatcher).get("guests/?after=x").status_code == 422


def test_a_page_of_many_asks_no_more_than_one_of_few(
    sent: Play, desk_of: Any, django_assert_max_num_queries: Any, cast: Any
) -> None:
    desk = desk_of(cast.dispatcher)
    give(desk, sent)
    desk.get("guests/")
    for _other in range(3):
        other = Play(cast).report().accept()
        give(desk, other.dispatch(lead_unit_id=cast.street.property_firm.pk))
    with django_assert_max_num_queries(12):
        assert text_of(desk.get("guests/")).count(cast.street.property_firm.name) == 4
