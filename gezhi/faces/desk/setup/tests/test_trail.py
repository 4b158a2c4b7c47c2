"""The trail is read in words: no verb, no kind of thing and no task without one."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps

from gezhi.faces.desk.setup import trail, verbs
from gezhi.ground.audit import actions as audit
from gezhi.ground.audit import wording
from gezhi.ground.audit.wording import known
from gezhi.kernel.viewer import Level, Viewer
from gezhi.work.cases import rules

PACKAGE = Path(__file__).resolve().parents[4]
_LABELS = [config.label for config in apps.get_app_configs() if config.name.startswith("gezhi.")]
_VERB = re.compile(rf"(?:read|{'|'.join(_LABELS)})\.[a-z_]*[a-z]")
_WRITERS = {"record", "record_read"}


def _files() -> Iterator[str]:
    """The text of every file of the product but tests, migrations and the list of timed tasks."""
    for path in sorted(PACKAGE.rglob("*.py")):
        if not {"tests", "conftest.py", "migrations", "config"} & set(path.parts):
            yield path.read_text(encoding="utf-8")


def _texts(node: ast.expr | None) -> list[str]:
    """The texts an argument may be: a text, or one of two."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.IfExp):
        return _texts(node.body) + _texts(node.orelse)
    return []


@dataclass
class Written:
    """What the product's code may write into the trail."""

    verbs: set[str] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)
    systems: set[str] = field(default_factory=set)

    def read(self, source: str) -> None:
        """Add what one file may write."""
        for node in ast.walk(ast.parse(source)):
            # A verb may be handed on before it is written, so it is known by its look.
            if isinstance(node, ast.Constant) and "audit" in source:
                self.verbs |= {str(node.value)} if _VERB.fullmatch(str(node.value)) else set()
            if isinstance(node, ast.Call):
                self._call(node)

    def _call(self, node: ast.Call) -> None:
        given = {argument.arg: argument.value for argument in node.keywords}
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        if name == "system" and node.args:
            self.systems |= set(_texts(node.args[0]))
        if name in _WRITERS or {"verb", "subject_kind"} <= set(given):
            self.verbs |= {f"read.{what}" for what in _texts(given.get("what"))}
            self.kinds |= set(_texts(given.get("subject_kind")))


@cache
def written() -> Written:
    """What stands in the code, with the verbs that are put together when they are written."""
    found = Written()
    for source in _files():
        found.read(source)
    found.verbs |= {f"cases.{deed.value}" for deed in rules.Deed}
    found.verbs |= {f"places.register_{level}" for level in (Level.STREET, Level.COMMUNITY)}
    return found


def test_the_search_finds_what_is_surely_written():
    found = written()
    assert {"accounts.log_in", "jobs.retry", "read.contact", "cases.export"} <= found.verbs
    assert {"user", "case", "unit"} <= found.kinds
    assert "watchdog" in found.systems


def test_every_verb_has_a_word():
    missing = written().verbs - set(known().verbs)
    assert not missing, (
        f"这些动作在留痕页上没有中文，请写进写它的模块的 trail_words.py（或房间的 room.py）：{sorted(missing)}"
    )


def test_every_kind_of_thing_has_a_word():
    missing = written().kinds - set(known().kinds)
    assert not missing, (
        f"这些对象在留痕页上没有中文，请写进写它的模块的 trail_words.py：{sorted(missing)}"
    )


def test_every_task_has_a_word():
    missing = written().systems - set(known().systems)
    assert not missing, (
        f"这些任务在留痕页上没有中文，请写进写它的模块的 trail_words.py：{sorted(missing)}"
    )


def test_every_module_with_a_verb_can_be_filtered_for():
    assert {verb.partition(".")[0] for verb in known().verbs} <= set(known().families)


def test_no_code_is_called_by_two_words():
    said: dict[tuple[str, str], dict[str, str]] = {}
    for name, one in wording.registered().items():
        for kind in fields(one):
            for code, words in getattr(one, kind.name).items():
                said.setdefault((kind.name, code), {})[str(words)] = name
    doubled = {code: words for code, words in said.items() if len(words) > 1}
    assert not doubled


def test_a_room_that_comes_later_brings_its_words(monkeypatch):
    monkeypatch.setattr(wording, "_registered", dict(wording.registered()))
    errand = wording.Wording(
        families={"errands": wording.Family(1000, "跑腿")}, verbs={"errands.run": "跑一趟"}
    )
    wording.register("errands", errand)
    try:
        assert verbs.verb_words("errands.run") == "跑一趟"
        assert verbs.verb_words("errands.stroll") == "跑腿：stroll"
        assert verbs.module_choices()[-1] == ("errands.", "跑腿")
    finally:
        known.cache_clear()


def test_people_units_and_areas_are_named_not_numbered(auditor, cast, text_of):
    street = cast.street
    for kind, subject in (
        ("user", cast.zhang.user_id),
        ("unit", street.water.pk),
        ("area", street.community.pk),
    ):
        audit.record(
            by=cast.system_administrator.viewer, verb="units.update",
            subject_kind=kind, subject_id=subject, detail={"role": "acceptor", "post": 7},
        )  # fmt: skip
    page = text_of(auditor.get("/desk/setup/audit/?verb=units."))
    rows = page.split("<tbody>")[1]
    assert f"账号 {cast.zhang.name}（{cast.zhang.staff_number}）" in rows
    assert f"单位 {street.water.name}" in rows
    assert f"区域 {street.community.name}" in rows
    assert f"{cast.system_administrator.name}（" in rows
    assert "角色 受理员" in rows
    assert "=" not in re.sub(r"<[^>]*>", "", rows)
    assert str(cast.zhang.user_id) not in rows


@pytest.mark.parametrize(
    ("code", "said"),
    [("callback", "回访这件事"), ("case_close", "给反映人发消息"), ("other: 送还物品", "送还物品")],
)
def test_a_purpose_is_said_in_words(code, said):
    assert trail.purpose_words(code) == said


def test_a_task_is_called_by_what_it_does(auditor, text_of):
    audit.record(by=Viewer.system("watchdog"), verb="cases.lift", subject_kind="case", subject_id=1)
    assert "无人在岗巡检" in text_of(auditor.get("/desk/setup/audit/"))


def test_a_case_is_numbered_as_on_every_other_page(auditor, play, text_of):
    play.report()
    number = play.case.number
    audit.record(
        by=Viewer.system("test"), verb="cases.lift", subject_kind="case", subject_id=play.case.pk
    )
    rows = text_of(auditor.get("/desk/setup/audit/")).split("<tbody>")[1]
    assert f"事件 {number[:6]} {number[6:14]} {number[14:]}" in rows
