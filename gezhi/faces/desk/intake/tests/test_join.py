"""并入这件: a caller who tells of an open case joins it at once, with a receipt of their own."""

from html.parser import HTMLParser

import pytest

from gezhi.faces.desk.conftest import text_of
from gezhi.work.cases import actions
from gezhi.work.cases.models import Case, Report, Reporter, ReportWords
from gezhi.work.triage.tasks import advise

TEXT = "单元门口堆了两袋建筑垃圾，三天没人清"


@pytest.fixture
def open_matter(another):
    """A case another resident reported, which the desk knows to be alike."""
    another.report()
    advise.func(another.case.pk)
    return another.case


def _call(cast, **changes):
    return {
        "deed_key": "call-key-1",
        "channel": "phone",
        "phone": "13900001111",
        "name": "钱叔",
        "text": TEXT,
        "place_words": "桐花苑1栋",
        "urgency": "ordinary",
    } | changes


class _FirstButton(HTMLParser):
    """The submit button of a form that a browser presses for the Enter key."""

    def __init__(self):
        super().__init__()
        self.inside = False
        self.found = None

    def handle_starttag(self, tag, attrs):
        named = dict(attrs)
        self.inside = self.inside or tag == "form"
        if self.inside and tag == "button" and named.get("type", "submit") == "submit":
            self.found = self.found or named


def test_like_matters_offer_to_be_joined_while_the_caller_speaks(cast, desk_of, open_matter):
    desk = desk_of(cast.acceptor)
    page = text_of(desk.post("intake/alike/", text=TEXT, place_words="桐花苑1栋"))
    assert f'name="join" value="{open_matter.number}"' in page
    assert "并入这件" in page


def test_one_press_adds_the_caller_with_contact_and_receipt(cast, desk_of, open_matter):
    desk = desk_of(cast.acceptor)
    answer = desk.post("intake/", **_call(cast, join=open_matter.number))
    assert answer.status_code == 303
    assert Case.objects.count() == 1
    row = Report.objects.get(joined=True)
    assert row.case == open_matter and row.entered_by == cast.acceptor.user_id
    assert (row.channel, row.anonymous) == ("phone", False)
    assert ReportWords.objects.get(report=row).text == TEXT
    assert Reporter.objects.filter(report=row).exists()
    page = text_of(desk.client.get(answer.headers["Location"]))
    assert f"{row.number[:6]} {row.number[6:10]} {row.number[10:]}" in page
    assert "已登记，并入了在办的那一件" in page and "已经在办" in page
    assert f"/desk/cases/{open_matter.number}/" in page


def test_the_same_press_twice_joins_once(cast, desk_of, open_matter):
    desk = desk_of(cast.acceptor)
    first = desk.post("intake/", **_call(cast, join=open_matter.number))
    again = desk.post("intake/", **_call(cast, join=open_matter.number))
    assert first.headers["Location"] == again.headers["Location"]
    assert Report.objects.filter(joined=True).count() == 1


def test_a_matter_that_ended_meanwhile_is_refused_and_nothing_typed_is_lost(cast, another, desk_of):
    another.until("closed")
    answer = desk_of(cast.acceptor).post("intake/", **_call(cast, join=another.case.number))
    page = text_of(answer)
    assert answer.status_code == 422
    assert "这件事已经办完" in page and TEXT in page and "钱叔" in page
    assert not Report.objects.filter(joined=True).exists()


@pytest.mark.parametrize("number", ["510104202611010000999", "x" * 40])
def test_a_number_nobody_knows_opens_nothing(cast, desk_of, open_matter, number):
    answer = desk_of(cast.acceptor).post("intake/", **_call(cast, join=number))
    assert answer.status_code == 422
    assert "没有找到这件事" in text_of(answer)
    assert Report.objects.count() == 1


def test_a_matter_of_another_street_cannot_be_joined(cast, another, desk_of):
    another.report(where=actions.Where(place_id=cast.street.building.pk))
    answer = desk_of(cast.he).post("intake/", **_call(cast, join=another.case.number))
    assert answer.status_code == 422
    assert another.case.number not in text_of(answer)
    assert Report.objects.count() == 1


def test_enter_registers_and_never_joins(cast, desk_of, open_matter):
    page = text_of(desk_of(cast.acceptor).post("intake/", **_call(cast, look="all")))
    assert 'name="join"' in page
    reader = _FirstButton()
    reader.feed(page.split('id="intake-body"')[1])
    assert reader.found is not None and "name" not in reader.found


def test_a_join_sent_again_after_the_matter_went_to_another_street_has_the_same_receipt(
    cast, desk_of, open_matter
):
    desk = desk_of(cast.acceptor)
    first = desk.post("intake/", **_call(cast, join=open_matter.number))
    centre = cast.street.other_centre
    Case.objects.filter(pk=open_matter.pk).update(
        holder=centre, street_id=cast.street.other_street.pk, community_id=None, grid_id=None
    )
    assert desk.get(f"cases/{open_matter.number}/").status_code == 404
    again = desk.post("intake/", **_call(cast, join=open_matter.number))
    assert (again.status_code, again.headers.get("Location")) == (303, first.headers["Location"])
    assert Report.objects.filter(joined=True).count() == 1


def test_a_case_that_is_like_stands_once_beside_the_call(cast, desk_of, open_matter):
    page = text_of(
        desk_of(cast.acceptor).post("intake/", **_call(cast, look="all", phone=cast.chen.phone))
    )
    number = open_matter.number
    assert page.count(f'data-case="{number}"') == 1
    assert (
        page.index('id="alike"') < page.index(f'data-case="{number}"') < page.index('id="caller"')
    )


def test_what_may_be_the_same_stands_right_below_the_words_and_above_the_button(cast, desk_of):
    page = text_of(desk_of(cast.acceptor).get("intake/"))
    assert page.index('name="place_words"') < page.index('id="alike"') < page.index('name="kind"')
    assert page.index('id="alike"') < page.index("call-foot")
