"""社区事项准入 in the browser: asked, refused with the clause, let in by whom."""

import pytest

from gezhi.faces.desk import conftest
from gezhi.ground.audit.models import Entry
from gezhi.kernel.paging import cursor_of
from gezhi.records.duties.models import Admission
from gezhi.work.cases.tests.playing import a_class


def text_of(answer, status=200):
    """The page, which has this status."""
    assert answer.status_code == status
    return conftest.text_of(answer)


@pytest.fixture
def asked(cast):
    return {
        "unit": cast.street.sanitation.pk,
        "class_code": a_class(),
        "matter": "登记院落的垃圾桶",
        "offices": [cast.street.office.pk, cast.street.other_office.pk],
        "basis": "环卫所通知",
    }


@pytest.fixture
def refused(cast, desk_of, asked):
    """Two refusals; the one of the first community."""
    assert desk_of(cast.handler).post("admissions/ask/", **asked).status_code == 303
    return Admission.objects.get(office=cast.street.office)


def test_what_no_list_gives_is_refused_with_the_clause(cast, desk_of, asked):
    desk = desk_of(cast.handler)
    desk.post("admissions/ask/", **asked)
    page = text_of(desk.get("admissions/"))
    assert "已记下：2 个社区不予准入" in page
    assert "登记院落的垃圾桶" in page
    assert "未经街道同意不得交给社区" in page
    assert f"{cast.handler.name}" in page


def test_what_the_list_gives_is_allowed_at_once(cast, desk_of, asked, list_duty):
    list_duty(class_code=a_class(), lead_unit=cast.street.office)
    asked["offices"] = [cast.street.office.pk]
    desk = desk_of(cast.handler)
    desk.post("admissions/ask/", **asked)
    page = text_of(desk.get("admissions/"))
    assert "准了，可以交给社区" in page
    assert "清单内：" in page


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"matter": ""}, "“要社区做什么”还没填"),
        ({"offices": []}, "“交给哪些社区”还没选"),
        ({"class_code": ""}, "“事项类别”还没选"),
    ],
)
def test_what_is_missing_is_said_and_the_rest_stays(cast, desk_of, asked, change, said):
    page = text_of(desk_of(cast.handler).post("admissions/ask/", **(asked | change)), 422)
    assert said in page
    assert "环卫所通知" in page
    assert not Admission.objects.exists()


def test_the_supervisor_lets_in_with_a_reason_until_a_day(cast, desk_of, refused):
    desk = desk_of(cast.supervisor)
    url = f"admissions/{refused.pk}/allow/"
    assert f"/desk/{url}" in text_of(desk.get("admissions/"))
    page = text_of(desk.get(url))
    assert "环卫所通知" in page
    assert "未经街道同意" in page
    assert desk.post(url, reason="街道办公会纪要 8 号", until="2026-12-31").status_code == 303
    said = f"{cast.supervisor.name}准入，到 2026-12-31 为止。理由：街道办公会纪要 8 号"
    for person in (cast.supervisor, cast.handler, cast.li):
        assert said in text_of(desk_of(person).get("admissions/"))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"reason": ""}, "“为什么准入”还没填"),
        ({"until": "2026-11-01"}, "已经过去"),
        ({"until": "2028-01-01"}, "一次最多准一年"),
        ({"until": ""}, "“到哪天止”还没填"),
    ],
)
def test_a_refused_letting_in_keeps_what_was_typed(cast, desk_of, refused, change, said):
    sent = {"reason": "街道办公会纪要 8 号", "until": "2026-12-31"} | change
    page = text_of(desk_of(cast.wang).post(f"admissions/{refused.pk}/allow/", **sent), 422)
    assert said in page
    refused.refresh_from_db()
    assert refused.state == "refused"


def test_what_was_taken_back_from_above_is_not_offered_to_be_let_in(
    cast, desk_of, asked, list_duty
):
    list_duty(class_code=a_class(), lead_unit=cast.street.water, list_kind="withdrawn")
    desk_of(cast.handler).post("admissions/ask/", **asked)
    assert "街道也不能准" in text_of(desk_of(cast.handler).get("admissions/"))
    row = Admission.objects.get(office=cast.street.office)
    desk = desk_of(cast.supervisor)
    url = f"admissions/{row.pk}/allow/"
    assert f"/desk/{url}" not in text_of(desk.get("admissions/"))
    assert desk.get(url).status_code == 303
    assert "权责清单写明这一项已由上级收回" in text_of(desk.get("admissions/"))
    said = text_of(desk.post(url, reason="纪要", until="2026-12-31"), 422)
    assert "权责清单写明这一项已由上级收回" in said
    row.refresh_from_db()
    assert row.state == "refused"


def test_a_long_clause_stands_folded_below_a_few_words(cast, desk_of, refused):
    page = text_of(desk_of(cast.supervisor).get("admissions/"))
    assert "<summary>社区的清单里没有这一项</summary>" in page
    assert refused.clause in page
    assert "</time> 提出" in page


def test_what_has_its_answer_is_not_let_in_again(cast, desk_of, refused):
    desk = desk_of(cast.supervisor)
    url = f"admissions/{refused.pk}/allow/"
    desk.post(url, reason="纪要", until="2026-12-31")
    assert desk.get(url).status_code == 303
    assert "不用再准" in text_of(desk.post(url, reason="纪要", until="2026-12-31"), 422)


def test_the_list_is_narrowed_by_its_answer(cast, desk_of, refused):
    desk = desk_of(cast.supervisor)
    assert "登记院落的垃圾桶" in text_of(desk.get("admissions/", show="refused"))
    assert "登记院落的垃圾桶" not in text_of(desk.get("admissions/", show="allowed"))


def test_long_lists_go_on_on_the_next_page(cast, desk_of, refused, monkeypatch):
    monkeypatch.setattr("gezhi.faces.desk.admissions.listing._SIZE", 1)
    desk = desk_of(cast.supervisor)
    first = text_of(desk.get("admissions/"))
    after = cursor_of(Admission.objects.latest("pk").pk)
    assert f"after={after}" in first
    second = text_of(desk.get("admissions/", after=after))
    assert cast.street.office.name in second


def test_a_community_reads_what_it_was_to_be_given_and_does_not_ask(cast, desk_of, refused):
    clerk = desk_of(cast.li)
    page = text_of(clerk.get("admissions/"))
    assert "登记院落的垃圾桶" in page
    assert cast.street.other_office.name not in page
    assert "admissions/ask/" not in page
    assert clerk.get("admissions/ask/").status_code == 404


def test_another_department_reads_none_of_it_and_who_only_sends_has_no_page(cast, desk_of, refused):
    assert "登记院落的垃圾桶" not in text_of(desk_of(cast.tang).get("admissions/"))
    assert desk_of(cast.dispatcher).get("admissions/").status_code == 404
    assert desk_of(cast.handler).get(f"admissions/{refused.pk}/allow/").status_code == 404


def test_they_are_taken_along_with_who_asked_and_what_for(cast, desk_of, refused):
    desk = desk_of(cast.handler)
    assert "admissions/export/?show=refused" in text_of(desk.get("admissions/", show="refused"))
    assert "“提出人”“谁准的”" in text_of(desk.get("admissions/export/"))
    rows = conftest.read_sheet(desk.take("admissions/export/", show="refused"))
    assert {row["交给"] for row in rows} == {cast.street.office.name, cast.street.other_office.name}
    assert {row["提出人"] for row in rows} == {cast.handler.name}
    assert {row["结果"] for row in rows} == {"不予准入"}
    assert Entry.objects.get(verb="duties.export_admissions").purpose == "other: 周例会核对"
    assert conftest.read_sheet(desk.take("admissions/export/", show="allowed")) == []
