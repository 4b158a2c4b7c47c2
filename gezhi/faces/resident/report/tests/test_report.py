"""The home page: what, where, how to reach you; nothing required but a sentence."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gezhi.faces.resident.conftest import values, words
from gezhi.ground.files.tests.pictures import picture
from gezhi.kernel.fields import open_sealed
from gezhi.work.cases.models import Attachment, Case, Report, Reporter


def test_three_blocks_and_nothing_to_register(resident):
    page = words(resident.read("/"))
    for block in ("什么事", "在哪儿", "怎么联系您"):
        assert block in page
    assert "注册" not in page and "验证码" not in page


def test_a_sentence_alone_is_a_report_and_anonymous(resident):
    address = resident.receipt()
    row = Report.objects.get()
    assert address == f"/r/{row.number}/{address.rsplit('/', 1)[1]}"
    assert row.anonymous and row.channel == "web"
    assert not Reporter.objects.exists()


def test_phone_and_name_are_kept_sealed(resident):
    resident.receipt(phone="138 1234 5678", name=" 陈阿姨 ")
    reporter = Reporter.objects.get()
    assert open_sealed(reporter, "phone") == "13812345678"
    assert open_sealed(reporter, "name") == "陈阿姨"
    assert "138" not in reporter.phone


def test_the_same_form_sent_twice_is_one_report(resident):
    key = str(uuid4())
    assert resident.receipt(deed_key=key) == resident.receipt(deed_key=key)
    assert Report.objects.count() == 1


def test_a_key_with_other_words_is_refused_and_the_words_stay(resident):
    key = str(uuid4())
    resident.receipt(deed_key=key)
    answer = resident.report(deed_key=key, text="另一件完全不同的事")
    assert answer.status_code == 409
    assert "另一件完全不同的事" in answer.content.decode()
    assert Report.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"text": ""}, "id_text"),
        ({"text": "  \n "}, "id_text"),
        ({"text": "\u200b\u202e\ufeff"}, "id_text"),
        ({"text": "长" * 4001}, "id_text"),
        ({"phone": "12345"}, "id_phone"),
        ({"name": "名" * 41}, "id_name"),
        ({"name": "=cmd|calc"}, "id_name"),
        ({"name": "13812345678"}, "id_name"),
        ({"place_words": "地" * 201}, "id_place_words"),
    ],
)
def test_a_wrong_field_is_named_and_the_rest_stays(resident, fields, field):
    answer = resident.report(**{"place_words": "我家楼下", "name": "陈阿姨", **fields})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'id="{field}_error"' in page
    assert "陈阿姨" in page or "name" in fields
    assert "我家楼下" in page or "place_words" in fields
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"longitude": "104.08"},
        {"longitude": "abc", "latitude": "30.6"},
        {"longitude": "204", "latitude": "30.6"},
        {"longitude": "nan", "latitude": "30.6"},
        {"compound": "x"},
        {"compound": "9" * 40},
        {"place": "1 OR 1=1"},
    ],
)
def test_a_place_nobody_could_have_chosen_is_refused_with_words(resident, fields):
    answer = resident.report(**fields)
    assert answer.status_code == 422
    assert "form-errors" in answer.content.decode()
    assert not Case.objects.exists()


def test_a_place_that_is_gone_does_not_stop_the_report(resident):
    resident.receipt(compound="12", place_words="拆掉的那个院子")
    assert Case.objects.get().place_id is None


def test_markup_and_formulas_are_shown_as_they_were_typed(resident):
    page = resident.read(resident.receipt(text="<script>alert(1)</script> =1+1", place_words="<b>"))
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; =1+1" in page
    assert "&lt;b&gt;" in page


def test_a_photo_comes_along(resident, photo):
    address = resident.receipt(photos=[SimpleUploadedFile("a.jpg", photo, "image/jpeg")])
    assert Attachment.objects.get().report_id == Report.objects.get().pk
    page = resident.read(address)
    picture = resident.client.get(values_of_images(page)[0])
    assert picture.status_code == 200
    assert picture.getvalue().startswith(b"\xff\xd8\xff")


def test_a_photo_as_phones_keep_it_comes_along_whatever_it_is_called(resident):
    sent = SimpleUploadedFile("IMG_0001.jpg", picture("HEIF"), "image/jpeg")
    page = resident.read(resident.receipt(photos=[sent]))
    shown = resident.client.get(values_of_images(page)[0])
    assert shown["Content-Type"] == "image/jpeg"
    assert shown.getvalue().startswith(b"\xff\xd8\xff")


def values_of_images(page):
    return [part.split('"')[0] for part in page.split('<img src="')[1:]]


def test_the_same_photo_sent_twice_with_one_key_is_one_report(resident, photo):
    key = str(uuid4())

    def send():
        return resident.receipt(
            deed_key=key, photos=[SimpleUploadedFile("a.jpg", photo, "image/jpeg")]
        )

    assert send() == send()
    assert Attachment.objects.count() == 1


def test_a_page_from_before_an_upgrade_sends_its_key_by_the_old_name(resident):
    old = {"key": str(uuid4()), "text": "楼道灯坏了三天"}
    first = resident.client.post("/", old)
    assert first.status_code == 303
    assert resident.client.post("/", old)["Location"] == first["Location"]


def test_photos_survive_an_error_elsewhere(resident, photo):
    refused = resident.report(
        phone="123", photos=[SimpleUploadedFile("a.jpg", photo, "image/jpeg")]
    )
    page = refused.content.decode()
    assert "已放好 1 张照片" in words(page)
    resident.receipt(deed_key=values(page)["deed_key"], kept_photos=values(page)["kept_photos"])
    assert Attachment.objects.count() == 1


def test_a_photo_that_is_none_is_refused_with_the_text_kept(resident):
    answer = resident.report(
        photos=[SimpleUploadedFile("a.jpg", b"MZ no picture", "image/jpeg")], text="楼道灯坏了"
    )
    assert answer.status_code == 422
    assert "id_photos_error" in answer.content.decode()
    assert "楼道灯坏了" in answer.content.decode()
    assert not Case.objects.exists()


@pytest.mark.usefixtures("english")
def test_english_speaks_english_and_shows_the_same_blocks(resident):
    resident.client.cookies["gezhi_language"] = "en"
    page = words(resident.read("/"))
    assert "What is it" in page and "Where is it" in page and "How to reach you" in page
    refused = resident.report(text="")
    assert "one sentence is enough" in words(refused.content.decode())


def test_staff_in_the_same_browser_report_as_anybody(resident):
    resident.client.force_login(resident.cast.zhang.user)
    resident.receipt()
    assert Report.objects.get().entered_by is None


@pytest.mark.parametrize("place", [str(2**63), "9" * 19, "99999999999999999999"])
def test_a_place_no_row_can_have_loses_nothing(resident, place):
    answer = resident.report(place=place, compound=place)
    assert answer.status_code in (303, 422)
    if answer.status_code == 422:
        assert "路灯" in answer.content.decode() or "text" in answer.content.decode()


def test_words_that_turn_the_line_round_are_kept_without_the_signs(resident):
    resident.receipt(text="路灯\u202e坏了\x00", name="陈\u2066阿姨", phone="13812345678")
    assert Report.objects.get().words.text == "路灯坏了"
    assert open_sealed(Reporter.objects.get(), "name") == "陈阿姨"
