"""/g/<link>: the code, then one case; without script, without an account."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gezhi.kernel import clock
from gezhi.kernel.confidentiality import Confidentiality
from gezhi.work.cases import actions
from gezhi.work.cases.inviting import signs_of
from gezhi.work.cases.models import Case, Invitation, Step
from gezhi.work.cases.rules import State
from gezhi.work.cases.tests.playing import Play, fresh_key
from gezhi.work.cases.watching import lift_unstaffed
from gezhi.work.invitations.models import Visit

BRIEF = "把一号楼门口的袋子清走"


class Door:
    """A case with the property firm, its link and code, and a phone."""

    def __init__(self, play: Play, **asked: Any) -> None:
        self.play = play
        key, by = fresh_key(), play.cast.dispatcher.viewer
        asked.setdefault("unit_id", play.cast.street.property_firm.pk)
        play.do(actions.invite, by, key=key, brief=BRIEF, **asked)
        self.signs = signs_of(by, key)
        self.url = f"/g/{self.signs.link}"
        self.phone = Client()

    def enter(self) -> "Door":
        assert self.phone.post(self.url, {"code": self.signs.code}).status_code == 303
        return self

    def post(self, deed: str, **data: Any) -> Any:
        return self.phone.post(f"{self.url}/{deed}", {"deed_key": fresh_key(), **data})

    def finish(self, photo: bytes, **data: Any) -> Any:
        picture = SimpleUploadedFile("a.jpg", photo, "image/jpeg")
        return self.post("finish", words="清走了", photos=picture, **data)


@pytest.fixture
def door(play: Play) -> Door:
    play.report().accept().dispatch(lead_unit_id=play.cast.street.property_firm.pk)
    return Door(play)


def text_of(response: Any) -> str:
    return re.sub(r"<[^>]+>", " ", response.content.decode())


def test_link_and_code_open_one_case_and_photo_ends_it(door: Door, photo: bytes) -> None:
    assert BRIEF not in text_of(door.phone.get(door.url))
    shown = text_of(door.enter().phone.get(door.url))
    assert BRIEF in shown and "桐花苑1栋门口" in shown
    assert door.post("take").status_code == 303
    assert door.post("ask", words="钥匙在谁那里？").status_code == 303
    done = door.post(
        "finish", words="清走了", photos=SimpleUploadedFile("a.jpg", photo, "image/jpeg")
    )
    assert done.status_code == 303
    assert door.play.case.state == State.CHECKING
    assert "已办结" in text_of(door.phone.get(door.url))
    by_link = Step.objects.filter(invitation_id__isnull=False).values_list("deed", flat=True)
    assert list(by_link) == ["take", "inquire", "finish"]


def test_nothing_of_the_reporter_stands_on_any_page(door: Door) -> None:
    door.enter()
    chen = door.play.cast.chen
    for path in ("", "/ask", "/finish"):
        shown = text_of(door.phone.get(door.url + path))
        assert chen.name not in shown and chen.phone not in shown
        assert "三天没人清" not in shown


def test_a_wrong_code_says_so_and_the_sixth_try_waits(door: Door) -> None:
    wrong = "000000" if door.signs.code != "000000" else "111111"
    for _try in range(5):
        assert door.phone.post(door.url, {"code": wrong}).status_code == 422
    assert door.phone.post(door.url, {"code": door.signs.code}).status_code == 429
    assert Visit.objects.filter(outcome="wrong_code").count() == 5


def test_a_link_nobody_made_is_no_page(db: None, cast: Any) -> None:
    assert Client().get("/g/22222222222222222222222a").status_code == 404


def test_the_same_button_twice_is_one_step(door: Door) -> None:
    door.enter()
    key = fresh_key()
    assert door.post("take", deed_key=key).status_code == 303
    assert door.post("take", deed_key=key).status_code == 303
    assert Step.objects.filter(deed="take").count() == 1


def test_two_open_it_at_once_and_the_slower_sees_how_it_is(door: Door) -> None:
    other = Client()
    other.post(door.url, {"code": door.signs.code})
    door.enter()
    assert door.post("take").status_code == 303
    late = other.post(f"{door.url}/take", {"deed_key": fresh_key()})
    assert late.status_code == 409
    assert "下面是现在的样子" in text_of(late)
    assert list(Visit.objects.order_by("id").values_list("device", flat=True)) == [1, 2]


def test_taken_back_while_the_page_is_open_the_words_stand_there_still(door: Door) -> None:
    door.enter().post("take")
    door.play.do(actions.revoke, door.play.cast.dispatcher.viewer)
    refused = door.post("finish", words="清走了，一共两车")
    assert refused.status_code == 410
    assert "清走了，一共两车" in text_of(refused)
    assert door.play.case.state == State.HANDLING
    assert door.phone.get(door.url).status_code == 410


def test_the_pass_lost_the_code_is_asked_and_the_words_go_on(door: Door) -> None:
    door.enter().post("take")
    door.phone.cookies.clear()
    asked = door.post("finish", words="清走了，一共两车")
    assert asked.status_code == 403
    page = asked.content.decode()
    assert "清走了，一共两车" in page
    again = door.phone.post(
        door.url, {"code": door.signs.code, "words": "清走了，一共两车", "deed": "finish"}
    )
    assert again.status_code == 200
    assert "清走了，一共两车" in again.content.decode()
    assert "交上去" in text_of(again)


def test_once_it_is_finished_the_page_says_only_that_it_is_done(play: Play, photo: bytes) -> None:
    play.report(photos=(play.photo(),)).accept()
    play.dispatch(lead_unit_id=play.cast.street.property_firm.pk)
    door = Door(play, photos=True, contact="保安室老周").enter()
    door.post("take")
    page = door.phone.get(door.url).content.decode()
    (address,) = set(re.findall(rf"{door.url}/photo/\d+", page))
    door.finish(photo)
    for path in ("", "/ask", "/finish"):
        shown = text_of(door.phone.get(door.url + path))
        assert "已办结" in shown
        assert BRIEF not in shown and "1栋门口" not in shown and "老周" not in shown
    assert door.phone.get(address).status_code == 404
    assert door.post("ask", words="还要做什么？").status_code == 409


def test_once_it_is_finished_no_other_phone_is_let_in(door: Door, photo: bytes) -> None:
    door.enter().post("take")
    door.finish(photo)
    other = Client()
    for answer in (other.get(door.url), other.post(door.url, {"code": door.signs.code})):
        assert answer.status_code == 410
        assert "已办结" in text_of(answer)
    assert "gezhi_guest" not in other.cookies
    assert Visit.objects.filter(outcome="let_in").count() == 1


def test_found_not_done_it_can_be_gone_on_with(door: Door, photo: bytes) -> None:
    door.enter().post("take")
    door.finish(photo)
    door.play.check(passed=False)
    assert BRIEF in text_of(door.phone.get(door.url))
    assert Client().get(door.url).status_code == 200
    assert door.finish(photo).status_code == 303


def test_finished_by_another_phone_meanwhile_the_words_stand_there_still(
    door: Door, photo: bytes
) -> None:
    other = Client()
    other.post(door.url, {"code": door.signs.code})
    door.enter().post("take")
    door.finish(photo)
    door.phone = other
    late = door.post(
        "finish",
        words="清走了，一共两车",
        photos=SimpleUploadedFile("a.jpg", photo, "image/jpeg"),
    )
    assert late.status_code == 409
    shown = text_of(late)
    assert "清走了，一共两车" in shown and "请复制下来" in shown


def test_without_a_photo_it_is_not_finished(door: Door) -> None:
    door.enter().post("take")
    refused = door.post("finish", words="清走了，一共两车")
    assert refused.status_code == 422
    shown = text_of(refused)
    assert "请拍一张办完后的照片" in shown and "清走了，一共两车" in shown
    assert door.play.case.state == State.HANDLING


def test_an_empty_form_comes_back_with_what_is_missing(door: Door) -> None:
    door.enter().post("take")
    refused = door.post("finish", words="  ")
    assert refused.status_code == 422
    assert "做了什么" in text_of(refused)
    assert door.play.case.state == State.HANDLING


def test_sent_elsewhere_meanwhile_it_opens_nothing(door: Door) -> None:
    door.enter()
    clock.advance(timedelta(hours=73))
    assert lift_unstaffed() == 1
    assert door.post("take").status_code == 410


def test_made_confidential_meanwhile_it_opens_nothing(door: Door) -> None:
    door.enter()
    Case.objects.update(confidentiality=Confidentiality.RESTRICTED)
    assert door.phone.get(door.url).status_code == 410


def test_one_phone_holds_two_links_and_neither_opens_the_other(door: Door, cast: Any) -> None:
    other = Play(cast).report().accept().dispatch(lead_unit_id=cast.street.property_firm.pk)
    second = Door(other)
    second.phone = door.enter().phone
    assert "请输入码" in text_of(second.phone.get(second.url))
    second.enter()
    assert second.post("take").status_code == 303
    assert other.case.state == State.HANDLING
    assert door.play.case.state == State.DISPATCHED


def test_photos_of_the_report_only_where_they_were_given(play: Play) -> None:
    photo = play.photo()
    play.report(photos=(photo,)).accept()
    play.dispatch(lead_unit_id=play.cast.street.property_firm.pk)
    shut = Door(play).enter()
    assert f"photo/{photo}" not in shut.phone.get(shut.url).content.decode()
    assert shut.phone.get(f"{shut.url}/photo/{photo}").status_code == 404
    given = Door(play, photos=True).enter()
    assert f"photo/{photo}" in given.phone.get(given.url).content.decode()


def test_another_site_cannot_send_its_forms(door: Door) -> None:
    door.enter()
    sent = door.phone.post(
        f"{door.url}/take",
        {"deed_key": fresh_key()},
        headers={"origin": "https://elsewhere.example", "sec-fetch-site": "cross-site"},
    )
    assert sent.status_code == 403
    assert door.play.case.state == State.DISPATCHED


def test_the_contact_is_shown_only_where_it_was_given(play: Play) -> None:
    play.report().accept().dispatch(lead_unit_id=play.cast.street.property_firm.pk)
    assert "现场找谁" not in text_of((first := Door(play).enter()).phone.get(first.url))
    door = Door(play, contact="保安室 028-85000000").enter()
    assert "028-85000000" in text_of(door.phone.get(door.url))
    row = Invitation.objects.latest("pk")
    assert "85000000" not in str(row.__dict__)
