"""/desk/rota/: two weeks, who is on duty now, gaps in words; a rota is begun, ended, changed."""

from datetime import timedelta

import pytest

from gezhi.faces.desk.conftest import begin_batch, send_sheet, text_of
from gezhi.ground.sheets import commas
from gezhi.kernel import clock
from gezhi.records.posts.models import Appointment, Rota, Shift
from gezhi.records.posts.tests.test_rota import at, nights, who

__all__ = ["nights"]

FORM = {
    "name": "夜间值班", "from_day": "2026-11-23", "kind_1": "every", "from_1": "17:00",
    "to_1": "09:00", "people_1": "张小川、李玉芳", "turn_1": "day", "kind_2": "every",
    "turn_2": "day", "kind_3": "every", "turn_3": "day",
}  # fmt: skip


def test_a_clerk_writes_names_and_the_weeks_are_arranged(cast, desk_of):
    desk = desk_of(cast.li)
    assert desk.post("rota/new/", **FORM).status_code == 303
    page = text_of(desk.get("rota/"))
    assert "张小川" in page
    assert "夜间值班" in page
    assert who(cast, at(20)) == ["张小川"]
    assert who(cast, at(20, day=1)) == ["李玉芳"]


def test_a_rota_is_narrowed_to_chosen_posts(cast, desk_of):
    desk = desk_of(cast.li)
    theirs = Appointment.objects.get(user=cast.zhang.user).post
    assert "只排几个岗位的人" in text_of(desk.get("rota/new/"))
    answer = desk.post("rota/new/", **FORM, posts=[theirs.pk])
    assert answer.status_code == 422
    assert "第 1 班有人不是" in text_of(answer)
    assert (
        desk.post("rota/new/", **{**FORM, "people_1": "张小川"}, posts=[theirs.pk]).status_code
        == 303
    )
    assert f"（{theirs.name}）" in text_of(desk.get("rota/"))


def test_a_rota_may_have_six_shifts_as_the_action_takes(cast, desk_of):
    spans = {
        f"{name}_{place}": value
        for place in range(1, 7)
        for name, value in (
            ("from", f"{place * 4 - 4:02}:00"), ("to", f"{place * 4 % 24:02}:00"),
            ("people", "张小川" if place % 2 else "李玉芳"),
        )
    }  # fmt: skip
    desk = desk_of(cast.li)
    assert "第 6 班" in text_of(desk.get("rota/new/"))
    assert desk.post("rota/new/", **{**FORM, **spans}).status_code == 303
    assert Rota.objects.get().lines.count() == 6
    assert who(cast, at(22)) == ["李玉芳"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"people_1": ""}, "第 1 班还没有人"),
        ({"people_1": "陈刚"}, "“陈刚”不在本单位任职，请照下面的名单写"),
        ({"to_1": ""}, "两个钟点都要写"),
        ({"from_1": "", "to_1": "", "people_1": ""}, "还没有一班"),
        ({"last_day": "2026-11-22"}, "最后一天在开始之前"),
        ({"from_2": "08:00", "to_2": "12:00", "people_2": "李玉芳"}, "第 1 班和第 2 班有重叠"),
        ({"name": ""}, "“名称”还没填"),
    ],
)
def test_what_makes_no_sense_comes_back_with_what_to_do(cast, desk_of, change, said):
    answer = desk_of(cast.li).post("rota/new/", **{**FORM, **change})
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert not Rota.objects.exists()


def test_a_gap_stands_in_words_with_the_way_to_fill_it(cast, desk_of, nights):
    rota = nights()
    desk = desk_of(cast.li)
    change = {
        "rota": str(rota.pk), "day": "2026-11-23", "start": "17:00", "end": "09:00",
        "user": "nobody", "reason": "抽调",
    }  # fmt: skip
    assert desk.post("rota/change/", **change).status_code == 303
    page = text_of(desk.get("rota/"))
    assert "两天内有空档，请安排人" in page
    shift = Shift.objects.get(user=None)
    assert f"shift={shift.pk}" in page
    assert (
        desk.post("rota/change/", **{**change, "user": str(cast.zhao.user_id)}).status_code == 303
    )
    assert "两天内有空档" not in text_of(desk.get("rota/"))
    assert who(cast, at(20)) == ["赵德海"]


def test_a_change_of_what_passed_comes_back_with_the_words_written(cast, desk_of, nights):
    rota = nights()
    answer = desk_of(cast.li).post(
        "rota/change/", rota=str(rota.pk), day="2026-11-20", start="17:00", end="20:00",
        user=str(cast.li.user_id), reason="补记",
    )  # fmt: skip
    assert answer.status_code == 422
    assert "已经过去的班次不能改" in text_of(answer)
    assert "补记" in text_of(answer)


def test_now_on_duty_is_said_in_words(cast, desk_of, nights):
    nights()
    clock.advance(timedelta(hours=10))
    page = text_of(desk_of(cast.li).get("rota/"))
    assert "值班中" in page


def test_one_of_the_unit_reads_it_and_arranges_nothing(cast, desk_of, nights):
    rota = nights()
    desk = desk_of(cast.zhang)
    page = text_of(desk.get("rota/"))
    assert "夜间值班" in page
    assert "建一张值班表" not in page
    assert desk.get("rota/new/").status_code == 404
    assert desk.post(f"rota/{rota.pk}/end/", last_day="2026-11-23").status_code == 404


def test_the_next_community_reads_nothing_of_it(cast, desk_of, nights):
    rota = nights()
    desk = desk_of(cast.sun)
    assert "夜间值班" not in text_of(desk.get(f"rota/?unit={cast.street.office.pk}"))
    assert desk.get(f"rota/{rota.pk}/").status_code == 404


def test_a_rota_ends_after_a_day(cast, desk_of, nights):
    rota = nights()
    desk = desk_of(cast.li)
    assert desk.post(f"rota/{rota.pk}/end/", last_day="2026-11-24").status_code == 303
    assert who(cast, at(20, day=1)) == ["赵德海"]
    assert who(cast, at(20, day=2)) == []
    assert desk.post(f"rota/{rota.pk}/end/", last_day="2026-11-20").status_code == 422


def test_a_swap_is_asked_and_agreed_on_the_pages(cast, desk_of, nights):
    nights()
    mine, theirs = Shift.objects.order_by("from_at")[:2]
    zhang, zhao = desk_of(cast.zhang), desk_of(cast.zhao)
    assert "赵德海" in text_of(zhang.get(f"rota/shifts/{mine.pk}/swap/"))
    asked = zhang.post(f"rota/shifts/{mine.pk}/swap/", given=f"shift-{theirs.pk}")
    assert asked.status_code == 303
    page = text_of(zhao.get("rota/"))
    assert "张小川" in page
    assert "同意换" in page
    swap = mine.rota.swaps.get()
    assert zhang.post(f"rota/swaps/{swap.pk}/agree/").status_code == 303
    assert who(cast, at(20)) == ["张小川"]
    assert zhao.post(f"rota/swaps/{swap.pk}/agree/").status_code == 303
    assert who(cast, at(20)) == ["赵德海"]


def test_shifts_come_in_by_sheet_and_are_taken_back(cast, desk_of, client_of, nights):
    nights()
    rows = [
        ("日期", "开始", "结束", "值班人"),
        ("2026-11-23", "17:00", "9:00", "李玉芳"),
        ("2026-11-24", "17:00", "20:00", "陈刚"),
    ]
    browser = client_of(cast.li)
    page = text_of(send_sheet(browser, "rota", commas.content(rows), name="值班.csv"))
    text_of(begin_batch(browser, page))
    assert who(cast, at(20)) == ["李玉芳"]
    assert who(cast, at(18, day=1)) == ["赵德海"]


def test_somebody_on_duty_twice_is_told_of_and_kept_where_that_is_meant(cast, desk_of, nights):
    nights(cast.li)
    desk = desk_of(cast.li)
    form = {**FORM, "name": "白天加晚上", "people_1": "李玉芳", "from_1": "18:00", "to_1": "20:00"}
    assert 'type="checkbox" name="doubled"' not in text_of(desk.get("rota/new/"))
    answer = desk.post("rota/new/", **form)
    page = text_of(answer)
    assert answer.status_code == 422
    assert "已在“夜间值班”值 17:00–次日 09:00" in page
    assert 'type="checkbox" name="doubled"' in page
    assert not Rota.objects.filter(name="白天加晚上").exists()
    assert desk.post("rota/new/", **form, doubled="on").status_code == 303
    assert who(cast, at(19)) == ["李玉芳", "李玉芳"]


def test_a_changed_shift_that_doubles_is_told_of_too(cast, desk_of, nights):
    nights(cast.li)
    other = nights(cast.zhang, name="电话值班")
    desk = desk_of(cast.li)
    sent = {"rota": str(other.pk), "day": "2026-11-23", "start": "20:00", "end": "23:00",
            "user": str(cast.li.user_id), "reason": "顶班"}  # fmt: skip
    answer = desk.post("rota/change/", **sent)
    assert answer.status_code == 422
    assert "李玉芳 11月23日 20:00–23:00，已在“夜间值班”值" in text_of(answer)
    assert desk.post("rota/change/", **sent, doubled="on").status_code == 303
    assert who(cast, at(21)) == ["李玉芳", "李玉芳"]
