"""上报 and 自行处置 on the phone: photo first, two taps, nothing asked that is known."""

import pytest

from gezhi.faces.pocket.tests.reading import first
from gezhi.ground.codes import queries as codes
from gezhi.work.cases.models import Attachment, Case, Report
from gezhi.work.cases.tests.playing import Play, a_class

KEY = "4be7e5a2-0c3c-4d0c-9c53-1f0f35f4f9a1"


@pytest.fixture
def filled(cast):
    return {"deed_key": KEY, "class_code": chip(cast), "place": str(cast.street.building.pk)}


def chip(cast):
    """A class among the taps: one that the community takes in, as a new grid offers."""
    from gezhi.faces.pocket.report.choices import frequent_classes

    return frequent_classes(cast.zhang.viewer)[0][0]


def test_a_photo_and_a_class_and_a_place_are_enough(cast, phone, filled, a_photo):
    answer = phone.post("/pocket/report/", {**filled, "photos": [a_photo()]})
    assert answer.status_code == 303
    case = Case.objects.get()
    assert answer.url == f"/pocket/cases/{case.number}/?sent=1"
    assert case.grid_id == cast.street.grid.pk
    assert case.place_id == cast.street.building.pk
    assert Attachment.objects.filter(case=case).count() == 1
    report = Report.objects.get()
    assert (report.channel, report.entered_by) == ("grid_worker", cast.zhang.user_id)
    page = phone.get(answer.url).content.decode()
    assert "已经交上去了" in page
    assert 'data-draft-done="worker-report"' in page


def test_a_sentence_alone_is_enough(phone):
    assert phone.post("/pocket/report/", {"deed_key": KEY, "text": "路灯不亮"}).status_code == 303


def test_nothing_at_all_is_refused_and_says_what_to_do(phone):
    answer = phone.post("/pocket/report/", {"deed_key": KEY})
    assert answer.status_code == 422
    assert "点一个类别，或者写一句话" in answer.content.decode()
    assert Case.objects.count() == 0


def test_the_same_press_twice_is_one_case(phone, filled, a_photo):
    first = phone.post("/pocket/report/", {**filled, "photos": [a_photo()]})
    again = phone.post("/pocket/report/", {**filled, "photos": [a_photo()]})
    assert (first.url, again.status_code) == (again.url, 303)
    assert Case.objects.count() == 1
    assert Attachment.objects.count() == 1


def test_a_key_that_comes_with_other_words_is_refused_and_the_words_stay(phone):
    phone.post("/pocket/report/", {"deed_key": KEY, "text": "路灯不亮"})
    answer = phone.post("/pocket/report/", {"deed_key": KEY, "text": "井盖响"})
    assert answer.status_code == 409
    assert "井盖响" in answer.content.decode()
    assert Case.objects.count() == 1


def test_wrong_input_keeps_text_and_photos(phone, filled, a_photo):
    wrong = {**filled, "text": "字" * 5000, "photos": [a_photo()]}
    page = phone.post("/pocket/report/", wrong)
    assert page.status_code == 422
    text = page.content.decode()
    assert "字" * 5000 in text
    assert "已放好 1 张照片" in text
    kept = first(r'name="kept_photos" value="([^"]+)"', text)
    answer = phone.post("/pocket/report/", {**filled, "kept_photos": kept})
    assert answer.status_code == 303
    assert Attachment.objects.count() == 1


def test_a_file_that_is_no_photo_is_refused_in_words(phone, filled):
    from django.core.files.uploadedfile import SimpleUploadedFile

    broken = SimpleUploadedFile("a.jpg", b"<html>no", content_type="image/jpeg")
    answer = phone.post("/pocket/report/", {**filled, "photos": [broken]})
    assert answer.status_code == 422
    assert "照片" in answer.content.decode()
    assert Case.objects.count() == 0


def test_own_position_finds_the_grid(cast, phone):
    longitude, latitude = cast.street.point
    data = {"deed_key": KEY, "text": "路灯不亮", "longitude": longitude, "latitude": latitude}
    phone.post("/pocket/report/", data)
    assert Case.objects.get().grid_id == cast.street.grid.pk


def test_a_chosen_place_says_more_than_a_point_taken_behind_walls(cast, phone, filled):
    longitude, latitude = cast.street.next_point
    phone.post("/pocket/report/", {**filled, "longitude": longitude, "latitude": latitude})
    assert Case.objects.get().grid_id == cast.street.grid.pk


def test_the_phone_says_at_once_whose_grid_a_point_is(cast, phone):
    said = {}
    for name in ("point", "next_point", "outside_point"):
        longitude, latitude = getattr(cast.street, name)
        answer = phone.post("/pocket/here/", {"longitude": longitude, "latitude": latitude})
        said[name] = answer.content.decode()
    assert "是您的网格" in said["point"]
    assert "不能自行处置" in said["next_point"]
    assert "不在我们的网格里" in said["outside_point"]
    assert phone.post("/pocket/here/", {"longitude": "x"}).status_code == 200


def test_what_the_grid_meets_stands_first(cast, phone):
    rare = a_class()
    for _ in range(2):
        Play(cast).report(class_code=rare)
    page = phone.get("/pocket/report/").content.decode()
    assert first(r'name="class_code" value="([^"]+)"', page) == rare
    assert page.count('name="class_code"') == 8


def test_a_grid_of_one_compound_begins_with_it(cast, phone):
    page = phone.get("/pocket/report/").content.decode()
    assert f'<option value="{cast.street.compound.pk}" selected>桐花苑（整个）' in page
    assert "1栋" in page
    assert "柏树里" not in page


def test_a_class_of_the_long_list_counts_before_the_tapped_one(cast, phone, filled):
    other = next(
        row.code
        for row in reversed(codes.terms("matters"))
        if row.data.get("public") == "yes" and row.code not in filled["class_code"]
    )
    phone.post("/pocket/report/", {**filled, "other_class": other})
    assert Case.objects.get().class_code == other


def test_settled_on_the_spot_waits_for_the_community(cast, phone, filled, a_photo):
    data = {**filled, "words": "已劝导清走", "photos": [a_photo()]}
    answer = phone.post("/pocket/spot/", data)
    assert answer.status_code == 303
    case = Case.objects.get()
    assert (case.state, case.on_the_spot) == ("checking", True)
    assert case.holder_id == cast.street.office.pk
    again = phone.post("/pocket/spot/", {**data, "photos": [a_photo()]})
    assert (again.status_code, Case.objects.count()) == (303, 1)


def test_everything_missing_on_the_spot_is_said_at_once(phone):
    answer = phone.post("/pocket/spot/", {"deed_key": KEY})
    page = answer.content.decode()
    assert answer.status_code == 422
    for words in ("拍一张处置后的照片", "请点一个类别", "请写一句怎么处置的"):
        assert words in page


def test_nobody_settles_in_the_next_grid(cast, phone, filled, a_photo):
    longitude, latitude = cast.street.next_point
    data = {**filled, "place": "", "longitude": longitude, "latitude": latitude}
    answer = phone.post("/pocket/spot/", {**data, "words": "已清走", "photos": [a_photo()]})
    assert answer.status_code == 422
    assert "不在您的网格" in answer.content.decode()
    assert Case.objects.count() == 0


def test_words_that_name_no_place_are_of_the_workers_own_grid(cast, phone):
    answer = phone.post(
        "/pocket/report/", {"deed_key": KEY, "text": "路灯不亮", "place_words": "2 单元门口"}
    )
    assert answer.status_code == 303
    case = Case.objects.get()
    assert (case.grid_id, case.place_id) == (cast.street.grid.pk, None)


def test_words_that_name_a_place_of_another_grid_lie_there(cast, phone):
    phone.post(
        "/pocket/report/", {"deed_key": KEY, "text": "路灯不亮", "place_words": "柏树里门口"}
    )
    assert Case.objects.get().place_id == cast.street.next_compound.pk


def test_a_building_is_listed_with_its_compound(cast, phone):
    page = phone.get("/pocket/report/").content.decode()
    assert ">桐花苑 1栋</option>" in page
    assert page.count('data-narrow="写几个字来找"') == 2
