"""/desk/blanks/: sets printed, papers typed in by the keys, photos kept with their paper."""

import re
from io import BytesIO

import pytest
import qrcode
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from gezhi.faces.desk.conftest import text_of
from gezhi.ground.audit.models import Entry
from gezhi.work.blanks import actions
from gezhi.work.blanks.models import Blank, BlankSet
from gezhi.work.blanks.rules import code_of, number_of, spoken
from gezhi.work.cases.models import Report


@pytest.fixture
def printed(cast):
    """A set of three for the first community."""
    return actions.print_set(
        area_id=cast.street.community.pk, size=3, by=cast.acceptor.viewer, key="pages-0001"
    )


def _fields(first, /, **changes):
    fields = {
        "deed_key": "typing-0001",
        "serial": number_of(first),
        "name": "李桂花",
        "phone": "13912345678",
        "place_words": "桐花苑1栋",
        "box": "b",
        "text": "路灯三天不亮",
    }
    return {**fields, **changes}


def _photo(text="", size=600):
    page = Image.new("RGB", (size, size), "white")
    if text:
        code = qrcode.make(text, box_size=6).convert("RGB")
        page.paste(code, (60, 60))
    held = BytesIO()
    page.save(held, "JPEG", quality=80)
    return SimpleUploadedFile("paper.jpg", held.getvalue(), content_type="image/jpeg")


def test_a_set_is_numbered_listed_and_printed(cast, desk_of):
    desk = desk_of(cast.acceptor)
    sent = {"area": str(cast.street.community.pk), "size": "4", "deed_key": "set-0001"}
    assert desk.post("blanks/", **sent).status_code == 303
    row = BlankSet.objects.get()
    page = text_of(desk.get("blanks/"))
    assert spoken(row.first_serial) in page and spoken(row.last_serial) in page
    made = desk.post(f"blanks/sets/{row.pk}/")
    assert made.content.startswith(b"%PDF-") and made.content.count(b"/Type /Page\n") in (0, 4)
    assert Entry.objects.get(verb="papers.print").detail["size"] == 4


def test_a_size_out_of_bounds_comes_back(cast, desk_of):
    sent = {"area": str(cast.street.community.pk), "size": "900", "deed_key": "set-0001"}
    answer = desk_of(cast.acceptor).post("blanks/", **sent)
    assert answer.status_code == 422 and 'value="900"' in text_of(answer)
    assert not BlankSet.objects.exists()


def test_who_takes_nothing_in_has_no_such_pages(cast, printed, desk_of):
    desk = desk_of(cast.handler)
    number = number_of(printed.first_serial)
    for path in ("blanks/", "blanks/enter/", "blanks/photos/", f"blanks/papers/{number}/"):
        assert desk.get(path).status_code == 404
    assert desk.post(f"blanks/sets/{printed.pk}/").status_code == 404


def test_a_paper_is_typed_in_and_the_next_one_waits(cast, printed, desk_of):
    desk = desk_of(cast.acceptor)
    (draft,) = re.findall(r'data-draft="([^"]+)"', text_of(desk.get("blanks/enter/")))
    sent = desk.post("blanks/enter/", **_fields(printed.first_serial), draft=draft)
    assert sent.status_code == 303
    report = Report.objects.get()
    assert report.channel == "paper" and report.case.class_code == "component-0118"
    page = text_of(desk.get("blanks/enter/"))
    assert f'value="{number_of(printed.first_serial + 1)}"' in page
    assert report.number[:6] in page and f'data-draft-done="{draft}"' in page
    # Loaded again, a paper half typed in keeps its draft.
    assert "data-draft-done" not in text_of(desk.get("blanks/enter/"))
    assert "李桂花" not in page


def test_each_paper_has_a_draft_of_its_own(cast, printed, desk_of):
    desk = desk_of(cast.acceptor)
    number = number_of(printed.first_serial)
    drafts = [
        re.findall(r'data-draft="([^"]+)"', text_of(desk.get(path)))[0]
        for path in (
            "blanks/enter/",
            f"blanks/enter/?serial={number}",
            f"blanks/enter/?serial={number_of(printed.last_serial)}",
        )
    ]
    assert len(set(drafts)) == 3
    # Refused, it is still the same paper.
    wrong = desk.post("blanks/enter/", **_fields(printed.first_serial, box="Q"), draft=drafts[1])
    assert f'data-draft="{drafts[1]}"' in text_of(wrong)


def test_what_is_refused_comes_back_with_everything_typed(cast, printed, desk_of):
    desk = desk_of(cast.acceptor)
    for wrong, told in (
        ({"text": "", "box": ""}, "请照纸上写的打进来"),
        ({"box": "Q"}, "那个字母"),
        ({"serial": "123"}, "9 位数字"),
        ({"serial": number_of(printed.last_serial + 9)}, "没有印过这个号"),
    ):
        answer = desk.post("blanks/enter/", **_fields(printed.first_serial, **wrong))
        page = text_of(answer)
        assert answer.status_code == 422 and told in page and "李桂花" in page
    assert not Report.objects.exists()


def test_what_is_wrong_with_a_number_stands_above_and_at_its_row_alone(cast, printed, desk_of):
    wrong = number_of(printed.last_serial + 9)
    answer = desk_of(cast.acceptor).post(
        "blanks/enter/", **_fields(printed.first_serial, serial=wrong)
    )
    assert text_of(answer).count("没有印过这个号") == 2


def test_a_second_time_it_says_which_report_it_became(cast, printed, desk_of):
    desk = desk_of(cast.acceptor)
    desk.post("blanks/enter/", **_fields(printed.first_serial))
    again = desk.post("blanks/enter/", **_fields(printed.first_serial, deed_key="typing-0002"))
    assert again.status_code == 422 and "已经录过" in text_of(again)
    looked = desk.post("blanks/enter/look/", serial=number_of(printed.first_serial))
    assert "已经录过" in text_of(looked)
    assert Report.objects.count() == 1
    page = text_of(desk.get(f"blanks/papers/{number_of(printed.first_serial)}/"))
    assert "录成了受理号" in page and "打开这件事" in page


def test_the_same_press_twice_is_one_report(cast, printed, desk_of):
    desk = desk_of(cast.acceptor)
    for _press in range(2):
        assert desk.post("blanks/enter/", **_fields(printed.first_serial)).status_code == 303
    assert Report.objects.count() == 1


def test_the_code_on_a_photo_says_which_paper_it_is(cast, printed, desk_of):
    desk = desk_of(cast.acceptor)
    sent = desk.post("blanks/photos/", photos=_photo(code_of(printed.last_serial)), serial="")
    assert sent.status_code == 303
    blank = Blank.objects.get(serial=printed.last_serial)
    assert blank.original_id is not None and blank.photographed_by == cast.acceptor.user_id
    page = text_of(desk.get(f"blanks/enter/?serial={number_of(printed.last_serial)}"))
    assert '<img class="blank-photo"' in page and "拍了照还没录的" in page


def test_a_photo_without_a_code_waits_for_its_number(cast, printed, desk_of):
    desk = desk_of(cast.acceptor)
    first = desk.post("blanks/photos/", photos=_photo(), serial="")
    page = text_of(first)
    assert first.status_code == 422 and "有 1 张读不出二维码" in page
    kept = page.split('name="kept_photos"')[1].split('value="')[1].split('"')[0]
    number = number_of(printed.first_serial)
    assert desk.post("blanks/photos/", kept_photos=kept, serial=number).status_code == 303
    assert Blank.objects.get(serial=printed.first_serial).original_id is not None


def test_the_original_of_a_typed_in_paper_is_shown_for_a_purpose(cast, printed, desk_of):
    desk = desk_of(cast.acceptor)
    desk.post("blanks/photos/", photos=_photo(code_of(printed.first_serial)), serial="")
    desk.post("blanks/enter/", **_fields(printed.first_serial))
    address = f"blanks/papers/{number_of(printed.first_serial)}/"
    assert "<img" not in text_of(desk.get(address)).partition("<h1")[2]
    assert desk.post(address, purpose=" ").status_code == 422
    assert '<img class="blank-photo"' in text_of(desk.post(address, purpose="核对电话"))
    assert Entry.objects.get(verb="read.original").user_id == cast.acceptor.user_id


def test_a_machine_without_a_font_says_so_and_prints_nothing(cast, printed, desk_of, monkeypatch):
    monkeypatch.setattr("gezhi.kernel.fonts._families", lambda folder: frozenset())
    desk = desk_of(cast.acceptor)
    assert desk.post(f"blanks/sets/{printed.pk}/").status_code == 303
    assert "fonts-noto-cjk" in text_of(desk.get("blanks/"))
    assert not Entry.objects.filter(verb="papers.print").exists()


def test_the_compound_of_the_last_paper_is_offered_for_the_next(cast, printed, desk_of):
    desk = desk_of(cast.acceptor)
    desk.post("blanks/enter/", **_fields(printed.first_serial))
    assert 'data-again="桐花苑"' in text_of(desk.get("blanks/enter/"))
    kept = _fields(
        printed.first_serial + 1, deed_key="typing-0002", place_words="柏树里2号", confidential="on"
    )
    assert desk.post("blanks/enter/", **kept).status_code == 303
    page = text_of(desk.get("blanks/enter/"))
    assert 'data-again="桐花苑"' in page and "柏树里" not in page
