"""gezhi replay: messages of the form of the real ones, made up here, on the street of the cast."""

import csv
import gzip
import io
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from gezhi.faces.terminal.demo.cast import Cast
from gezhi.faces.terminal.demo.places import Spot
from gezhi.faces.terminal.demo.real import playing as playing_module
from gezhi.faces.terminal.demo.real.beside import InHere
from gezhi.faces.terminal.demo.real.mapping import (
    Classes,
    Places,
    community_of,
    compound_named,
)
from gezhi.faces.terminal.demo.real.plan import planned
from gezhi.faces.terminal.demo.real.playing import Playing
from gezhi.faces.terminal.demo.real.reading import Message, messages_in
from gezhi.faces.terminal.demo.worktime import WorkTime
from gezhi.ground.codes import queries as codes
from gezhi.ground.jobs.models import Task
from gezhi.kernel import clock, setback
from gezhi.kernel.clock import SHANGHAI
from gezhi.kernel.errors import Invalid
from gezhi.records.duties.actions import add_duty
from gezhi.work.cases.models import Case, ReportWords, StageRow, Step, StepWords
from gezhi.work.cases.verification import broken_rows
from gezhi.work.triage.models import Advice
from gezhi.work.triage.predictions import Thought
from tests import cast as troupe

HEADS = {
    "timed": ("number", "user", "subject", "time", "detail", "against", "for"),
    "replied": ("number", "user", "subject", "time", "detail", "reply", "reply_time"),
    "labelled": ("time", "subject", "detail", "label"),
}
TIMED = [
    (str(100 + day), f"A{day:08d}", "A2区桐花新城搅拌站噪音扰民", f"2026/6/{day} 8:05:09",
     "A2区桐花新城旁边的搅拌站夜里施工，噪音大，灰尘也大", "0", "3")
    for day in range(1, 6)
]  # fmt: skip
REPLIED = [
    ("7", "A00000007", "A3区路灯不亮", "2026/6/2 21:10:00", "路灯坏了三天，晚上一片漆黑",
     "您好，已于六月九日修好两盏路灯。", "2026/6/10 9:30:00"),
    ("8", "A00000008", "K8县欠薪", "2026/6/3 7:00:00", "工地拖欠农民工工资半年", "已立案。", "2026/6/3"),
]  # fmt: skip
LABELLED = [
    ("2026/6/4 12:00:00", "A市小学学位", "孩子今年入学，学位不够怎么办", "教育文体"),
    ("", "A市打工者的社保", "单位不交社保", "劳动和社会保障"),
    ("", "A市公交车太少", "", "交通运输"),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, rows in (("timed", TIMED), ("replied", REPLIED), ("labelled", LABELLED)):
        with gzip.open(tmp_path / f"{name}.csv.gz", "wt", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerows([HEADS[name], *rows])
    return tmp_path


def test_the_same_seed_draws_the_same_times_and_they_are_marked(folder: Path) -> None:
    messages = messages_in(folder, seed=1)
    assert messages == messages_in(folder, seed=1)
    assert [message.moment for message in messages] == sorted(m.moment for m in messages)
    assert sum(message.drawn for message in messages) == 2
    assert {message.name for message in messages if message.drawn} == {
        "labelled-00002",
        "labelled-00003",
    }
    first = next(message for message in messages if message.name == "timed-101")
    assert first.moment == datetime(2026, 6, 1, 8, 5, 9, tzinfo=SHANGHAI)


def test_a_folder_without_the_files_is_named(tmp_path: Path) -> None:
    with pytest.raises(Invalid) as refused:
        messages_in(tmp_path, seed=1)
    assert str(tmp_path) in str(refused.value.message)
    assert "timed.csv.gz" in str(refused.value.message)


@pytest.mark.django_db
def test_the_command_says_where_it_looked(tmp_path: Path, settings) -> None:
    settings.GEZHI_HOME = tmp_path
    with pytest.raises(CommandError, match="没有找到真实留言"):
        call_command("replay", str(tmp_path), stdout=io.StringIO())


@pytest.mark.django_db
def test_production_takes_no_replay(settings) -> None:
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="正式环境"):
        call_command("replay", stdout=io.StringIO())


def _said(subject: str, detail: str = "") -> Message:
    return Message("x-1", "", subject, detail, datetime(2026, 6, 1, tzinfo=SHANGHAI))


@pytest.mark.parametrize(
    ("subject", "community", "compound"),
    [
        ("A2区丽发新城附近建搅拌站", "002", "丽发新城"),
        ("投诉位于K8县的米兰春天物业", "004", "米兰春天"),
        ("A市什么时候发工资", "", ""),
        ("小区门口太乱", "", ""),
        ("A2区景蓉华苑物业管理有问题", "002", "景蓉华苑"),
        ("咨询A市A7县幸福家园停水", "003", "幸福家园"),
    ],
)
def test_coded_places_and_named_compounds_are_known(
    subject: str, community: str, compound: str
) -> None:
    assert community_of(_said(subject)) == community
    assert compound_named(_said(subject)) == compound


def test_a_named_compound_is_the_same_one_each_time() -> None:
    spots = [Spot(f"院{n}", "", n, 104.0, 30.0, 10 + n % 2) for n in range(8)]
    places = Places(spots, {"002": 1, "004": 2})
    said = ("A2区丽发新城第一次反映", "反映丽发新城小区", "K8县丽发新城", "住在丽发新城的人")
    assert len({places.where(_said(words)).place_id for words in said}) == 1
    assert len({places.where(_said(f"{name}门花园")).place_id for name in "东南西北中"}) > 1
    only = places.where(_said("K8县停电"))
    assert (only.place_id, only.area_id, only.words) == (None, 2, "K8县")


def _playing(cast: troupe.Cast, folder: Path) -> Playing:
    street = cast.street
    for family in ("component", "event", "dispute", "safety", "people", "service"):
        add_duty(
            class_code=family, name=family, area_id=street.street.pk, list_kind="basic",
            lead_unit=street.sanitation, assist_units=[], legal_basis="",
            valid_from=clock.local(troupe.SET_UP).date(), by=troupe.SYSTEM,
        )  # fmt: skip
    office = WorkTime(codes.calendar(), clock.now(), days=300)
    messages = messages_in(folder, seed=1)
    users = {person.staff_number: person.user for _name, person in cast.staff()}
    longitude, latitude = street.point
    spot = Spot("桐花苑", "", street.compound.pk, longitude, latitude, street.grid.pk)
    code = street.community.code[-3:]
    return Playing(
        [
            planned(serial, message, office, archive_after=timedelta(days=30), seed=1)
            for serial, message in enumerate(messages, start=1)
        ],
        Cast({"centre": street.centre}, users),
        Places([spot], {code: street.community.pk}),
        Classes(codes.terms("matters"), codes.terms("request_kinds")),
        district_id=street.district.pk,
        street_id=street.street.pk,
        end=clock.now(),
        told_since=clock.now(),
    )


def test_each_message_is_a_case_at_its_own_time(cast: troupe.Cast, folder: Path) -> None:
    playing = _playing(cast, folder)
    playing.play(lambda done, of: None)
    assert not playing.refused
    assert Counter(Case.objects.values_list("state", flat=True)) == {
        "reported": 5,
        "accepted": 3,
        "archived": 2,
    }
    messages = {message.name: message for message in messages_in(folder, seed=1)}
    for case in Case.objects.all():
        name = case.origin_number.removesuffix("（时间是补的）")
        message = messages[name]
        assert message.drawn is case.origin_number.endswith("（时间是补的）")
        assert case.reported_at == message.moment
        assert ReportWords.objects.get(report__case=case).text == message.text
    _the_reply_is_the_units_answer(messages["replied-7"])
    _advice_came_before_the_choice()
    assert list(broken_rows()) == []
    assert not Task.objects.exists()
    steps = Step.objects.count()
    again = _again(playing)
    again.play(lambda done, of: None)
    assert (Step.objects.count(), again.deeds) == (steps, 0)


def _again(playing: Playing) -> Playing:
    """The same messages anew, as a second run of the command has them."""
    return Playing(
        list(playing._plans.values()), playing._cast, playing._places, playing._classes,
        district_id=playing._district_id, street_id=playing._street_id,
        end=playing._end, told_since=playing._told_since,
    )  # fmt: skip


def _the_reply_is_the_units_answer(message: Message) -> None:
    case = Case.objects.get(origin_number=message.name)
    finish = Step.objects.get(case=case, deed="finish")
    assert finish.recorded_at == message.replied_at == case.finished_at
    assert StepWords.objects.get(step=finish).text == message.reply
    stages = dict(StageRow.objects.filter(case=case).values_list("stage", "on_time"))
    assert stages["handling"] is not None
    deeds = list(Step.objects.filter(case=case).order_by("serial").values_list("deed", flat=True))
    assert deeds == ["report", "accept", "dispatch", "take", "finish", "check", "close", "archive"]
    moments = list(Step.objects.filter(case=case).order_by("serial").values_list("recorded_at"))
    assert moments == sorted(moments)


def _advice_came_before_the_choice() -> None:
    rows = Advice.objects.filter(what="class").select_related("case")
    assert rows.count() == 10
    for row in rows:
        assert row.made_at == row.case.reported_at
        assert (row.settled_at is None) is (row.case.state == "reported")
        if row.settled_at:
            assert row.settled_at == row.case.accepted_at
    units = Advice.objects.filter(what="unit").select_related("case")
    assert {row.month for row in units} == {
        clock.local(row.made_at).date().replace(day=1) for row in units
    }
    assert all(row.made_at in (row.case.reported_at, row.case.accepted_at) for row in units)
    assert any(row.made_at == row.case.accepted_at for row in units)


class _Stopped(Exception):
    """The run ends here, as by a power cut."""


class _StoppingHelper(InHere):
    """Stops the run when reports are in and their advice is not."""

    def answer(self) -> Thought:
        raise _Stopped


@pytest.mark.parametrize("where", ["between windows", "before the advice"])
def test_a_run_that_was_stopped_goes_on_where_it_was(
    cast: troupe.Cast, folder: Path, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(playing_module, "MOST_MESSAGES", 4)
    playing = _playing(cast, folder)

    def stop(done: int, of: int) -> None:
        raise _Stopped

    if where == "before the advice":
        playing._helper = _StoppingHelper()
    with pytest.raises(_Stopped):
        playing.play(stop)
    assert Case.objects.count() == 4
    _again(playing).play(lambda done, of: None)
    assert Case.objects.count() == 10
    assert Case.objects.filter(state="archived").count() == 2
    _advice_came_before_the_choice()
    assert list(broken_rows()) == []


def test_a_home_of_replayed_messages_keeps_its_clock(tmp_path: Path) -> None:
    assert setback.days_back(tmp_path) == 0
    setback.write_days_back(tmp_path, 2_500)
    assert setback.is_replay(tmp_path)
    assert setback.days_back(tmp_path) == 2_500
    (tmp_path / "days-back.txt").write_text("yesterday")
    assert setback.days_back(tmp_path) == 0
    setback.remove(tmp_path)
    assert not setback.is_replay(tmp_path)


def test_a_clock_is_never_set_forward() -> None:
    with pytest.raises(ValueError, match="never forward"):
        clock.set_back(timedelta(days=-1))
