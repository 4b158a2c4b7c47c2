"""Limits changed in the browser: looked at first, in force for what comes, and taken back."""

import re
from datetime import timedelta

import pytest

from gezhi.faces.desk.cases import limit_words as spoken
from gezhi.faces.desk.setup.figure_words import figure_words
from gezhi.faces.desk.setup.limits import limit_words
from gezhi.ground.audit.models import Entry
from gezhi.ground.codes import queries
from gezhi.ground.codes.models import Enactment
from gezhi.kernel import clock
from gezhi.kernel.workdays import Limit, LimitUnit
from gezhi.work.cases.models import Case

STAGE = "/desk/setup/limits/stages/accepting/"


def known(value):
    """A value that must be there."""
    assert value is not None
    return value


def _filled(**changed):
    return {
        "value_ordinary": "4", "unit_ordinary": "working_hours",
        "value_urgent": "0.5", "unit_urgent": "urgent_hours",
        "value_emergency": "0.25", "unit_emergency": "urgent_hours",
        "reason": "街道办〔2026〕3号", "begins": "",
        "pack": known(queries.pack_holding("limits")).id, **changed,
    }  # fmt: skip


def _confirmed(**changed):
    return {**_filled(**changed), "confirmed": "yes"}


def test_a_change_is_shown_before_it_is_made(admin, text_of):
    page = text_of(admin.post(STAGE, _filled()))
    assert "还没有改" in page
    assert re.search(r"受理 一般</th>.*2 个工作时</td>.*<strong>4 个工作时</strong>", page)
    assert "紧急工作时" not in page
    assert "已经来了的事" in page
    assert queries.limit("accepting").value == 2


def test_sent_from_there_it_is_in_force_and_recorded(admin, text_of, cast):
    page = text_of(admin.post(STAGE, _filled()))
    hidden = dict(re.findall(r'<input type="hidden" name="([a-z_]+)" value="([^"]*)"', page))
    assert hidden["confirmed"] == "yes"
    assert admin.post(STAGE, hidden).status_code == 303
    assert queries.limit("accepting").value == 4
    entry = Entry.objects.get(verb="codes.amend")
    assert entry.user_id == cast.system_administrator.user_id
    assert "4 个工作时" in text_of(admin.get("/desk/setup/limits/"))
    history = text_of(admin.get("/desk/setup/enactments/limits/"))
    assert "街道办〔2026〕3号" in history
    assert "受理：2 个工作时 → <strong>4 个工作时</strong>" in history
    assert cast.system_administrator.name in history


def test_a_case_already_here_keeps_its_limits_to_the_end(admin, play):
    play.report()
    before = Case.objects.get().due_at
    clock.advance(timedelta(minutes=1))
    changed = {"value_ordinary": "1", "unit_ordinary": "urgent_hours"}
    for stage in ("accepting", "dispatching"):
        admin.post(f"/desk/setup/limits/stages/{stage}/", _confirmed(**changed))
    assert Case.objects.get().due_at == before
    play.accept()
    assert play.case.stages.get(stage="dispatching").limit_words == "2.0 working_hours"


def test_two_administrators_at_once_the_second_is_told_with_everything_still_there(admin, text_of):
    stale = _confirmed(reason="我也要改")
    admin.post(STAGE, _confirmed(value_ordinary="3"))
    page = text_of(admin.post(STAGE, stale), 409)
    assert "刚刚有人改过" in page
    assert 'value="我也要改"' in page
    assert queries.limit("accepting").value == 3
    # What is on the page now is thought out on the new version.
    assert f'value="{known(queries.pack_holding("limits")).id}"' in page


def test_from_a_day_on_it_waits_and_can_be_taken_back(admin, text_of):
    day = clock.today() + timedelta(days=8)
    admin.post(STAGE, _confirmed(begins=day.isoformat()))
    assert queries.limit("accepting").value == 2
    assert f"定在 {day.isoformat()} 起用" in text_of(admin.get("/desk/setup/limits/"))
    assert "先撤回" in text_of(admin.post(STAGE, _filled(value_ordinary="9")), 409)
    waiting = Enactment.objects.get(done_at=None)
    admin.post(f"/desk/setup/enactments/{waiting.pk}/withdraw/")
    assert "已撤回" in text_of(admin.get("/desk/setup/enactments/limits/"))
    assert admin.post(STAGE, _confirmed(value_ordinary="9")).status_code == 303


def test_undo_is_the_old_version_again(admin, text_of):
    old = known(queries.pack_holding("limits")).id
    admin.post(STAGE, _confirmed())
    url = f"/desk/setup/enactments/limits/{old}/back/"
    page = text_of(admin.get(url))
    assert re.search(r"4 个工作时</td>.*<strong>2 个工作时</strong>", page)
    now = known(queries.pack_holding("limits")).id
    assert admin.post(url, {"reason": "", "running": now}).status_code == 422
    assert admin.post(url, {"reason": "改错了", "running": now}).status_code == 303
    assert queries.limit("accepting").value == 2


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"value_ordinary": ""}, "请写数字"),
        ({"value_ordinary": "两"}, "请写数字"),
        ({"value_ordinary": "0"}, "时限要大于 0"),
        ({"value_ordinary": "1.5", "unit_ordinary": "working_days"}, "半天请用工作时"),
        ({"value_urgent": "99999"}, "不超过一年"),
        ({"unit_ordinary": "weeks"}, "没有这一项了"),
        ({"reason": ""}, "还没填"),
        ({"begins": "2020-01-01"}, "已经过去了"),
        ({"value_ordinary": "2"}, "没有要改的"),
    ],
)
def test_nonsense_is_said_on_its_row_and_nothing_typed_is_lost(admin, text_of, changed, said):
    page = text_of(admin.post(STAGE, _confirmed(**changed)), 422)
    assert said in page
    assert 'value="0.25"' in page
    assert queries.limit("accepting").value == 2


def test_an_urgency_left_empty_is_as_the_ordinary_one_and_can_get_its_own(admin, text_of):
    page = text_of(admin.post(STAGE, _filled(value_ordinary="2", value_urgent="")))
    assert "同“一般”" in page
    admin.post(STAGE, _confirmed(value_ordinary="2", value_urgent=""))
    assert queries.limit("accepting", urgency="urgent").value == 2
    closing = "/desk/setup/limits/stages/closing/"
    own = {"value_ordinary": "1", "unit_ordinary": "working_days", "value_urgent": "3"}
    admin.post(closing, _confirmed(**own, value_emergency=""))
    assert queries.limit("closing", urgency="urgent").value == 3


def test_a_class_has_a_limit_of_its_own_and_can_lose_it(admin, text_of):
    pack = known(queries.pack_holding("matters"))
    row = next(row for row in queries.terms("matters") if row.data.get("limit_value"))
    url = f"/desk/setup/limits/classes/{row.code}/"
    sent = {
        "value_handling": "9", "unit_handling": "working_days", "reason": "市里的标准",
        "pack": pack.id, "confirmed": "yes",
    }  # fmt: skip
    assert admin.post(url, sent).status_code == 303
    assert queries.limit("handling", class_code=row.code).value == 9
    assert queries.limit("handling", class_code=row.code, pack_id=pack.id).value != 9
    assert row.name in text_of(admin.get("/desk/setup/limits/classes/", {"q": row.name}))
    empty = {**sent, "value_handling": "", "pack": known(queries.pack_holding("matters")).id}
    assert admin.post(url, empty).status_code == 303
    changed = known(queries.term("matters", row.code))
    assert not changed.data["limit_value"]


def test_figures_are_changed_on_one_page(admin, text_of):
    figures = {row.code: row.data["value"] for row in queries.terms("figures")}
    pack = known(queries.pack_holding("limits")).id
    sent = {**figures, "reopen_days": "30", "reason": "延长", "pack": pack}
    page = text_of(admin.post("/desk/setup/limits/figures/", sent))
    assert "对所有的事都算数" in page
    assert (
        admin.post("/desk/setup/limits/figures/", {**sent, "confirmed": "yes"}).status_code == 303
    )
    assert queries.figure("reopen_days") == 30
    wrong = {**sent, "yellow_share": "25", "confirmed": "yes"}
    wrong["pack"] = known(queries.pack_holding("limits")).id
    assert "写 0 和 1 之间的数" in text_of(admin.post("/desk/setup/limits/figures/", wrong), 422)


def test_all_staff_read_and_only_one_changes(client_of, cast, security):
    reader = client_of(cast.acceptor)
    assert STAGE not in reader.get("/desk/setup/limits/").content.decode()
    for page in ("limits/classes/", "calendar/"):
        assert reader.get(f"/desk/setup/{page}").status_code == 200
    for page in ("limits/stages/accepting/", "limits/figures/", "enactments/limits/"):
        assert reader.get(f"/desk/setup/{page}").status_code == 404
        assert security.get(f"/desk/setup/{page}").status_code == 404


@pytest.mark.parametrize(
    "page",
    [
        "limits/stages/nothing/", "limits/stages/accepting.urgent/", "limits/classes/nothing/",
        "enactments/answers/", "enactments/limits/1/back/",
    ],
)  # fmt: skip
def test_what_the_packs_do_not_know_does_not_exist(admin, page):
    assert admin.get(f"/desk/setup/{page}").status_code == 404


def test_less_than_an_hour_is_said_in_minutes(admin, text_of):
    page = text_of(admin.get("/desk/setup/limits/"))
    assert "15 分钟（昼夜连续计时）" in page
    assert "0.25 紧急工作时" not in page
    assert limit_words("0.5", "working_hours") == "30 分钟（工作时）"
    assert limit_words("4", "working_hours") == "4 个工作时"
    assert spoken.limit_words(Limit(0.5, LimitUnit.WORKING_HOURS)) == "30 分钟（工作时）"
    assert "现在 15 分钟（昼夜连续计时）" in text_of(admin.get(STAGE))


def test_limits_and_figures_are_said_in_words_a_clerk_knows(admin, text_of):
    stages = text_of(admin.get("/desk/setup/limits/"))
    assert "24 小时（昼夜连续计时）" in stages and "5 个工作日" in stages and "7 天" in stages
    assert "什么时候亮黄灯" in stages and "时限剩下四分之一时亮黄灯" in stages
    assert "14 天" in stages and "4 小时" in stages and "2 次" in stages
    classes = text_of(admin.get("/desk/setup/limits/classes/"))
    forms = text_of(admin.get(STAGE)) + text_of(admin.get("/desk/setup/limits/figures/"))
    for page in (stages, classes, forms):
        assert "紧急工作时" not in page and "黄灯余量" not in page and "自然日</" not in page
    assert "工作时：只算单位上班的钟点" in classes


def test_all_classes_are_shown_page_by_page_and_no_code_among_them(admin, text_of):
    first = text_of(admin.get("/desk/setup/limits/classes/", {"show": "all"}))
    assert first.count("<tr>") == 51 and "event-0102" not in first.replace("/event-0102/", "")
    second = text_of(admin.get("/desk/setup/limits/classes/", {"show": "all", "page": "2"}))
    assert "第 51–100 条" in second and "show=all&amp;page=1" in second


@pytest.mark.parametrize(
    ("code", "value", "unit", "said"),
    [
        ("yellow_share", "0.25", "share", "时限剩下四分之一时亮黄灯"),
        ("yellow_share", "0.3", "share", "时限剩下30%时亮黄灯"),
        ("urge_before_share", "0.25", "share", "时限剩下四分之一时催一次"),
        ("one_day_share", "0.5", "share", "时限的一半"),
        ("reopen_days", "14", "calendar_days", "14 天"), ("pause", "4", "hours", "4 小时"),
        ("rework_most", "2", "times", "2 次"), ("rework_most", "", "times", "—"),
    ],
)  # fmt: skip
def test_a_figure_is_a_sentence(code, value, unit, said):
    assert figure_words(code, {"value": value, "unit": unit}) == said


def test_only_the_yellow_light_is_said_to_be_one(admin, text_of):
    assert text_of(admin.get("/desk/setup/limits/")).count("时限剩下四分之一时亮黄灯") == 1


def test_a_changed_figure_is_told_in_the_same_words(admin, text_of):
    sent = {row.code: row.data["value"] for row in queries.terms("figures")}
    sent |= {
        "yellow_share": "0.2",
        "reason": "提早提醒",
        "pack": known(queries.pack_in_force("limits")).id,
    }
    page = text_of(admin.post("/desk/setup/limits/figures/", sent))
    assert re.search(
        r"什么时候亮黄灯</th>.*四分之一.*<strong>时限剩下五分之一时亮黄灯</strong>", page
    )
    assert (
        admin.post("/desk/setup/limits/figures/", {**sent, "confirmed": "yes"}).status_code == 303
    )
    history = text_of(admin.get("/desk/setup/enactments/limits/"))
    assert "什么时候亮黄灯：时限剩下四分之一时亮黄灯 → " in history
