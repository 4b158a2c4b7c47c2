"""A row of the trail in words: who, to what, with which particulars. The trail itself holds codes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from gezhi.faces.desk.cases import deed_words
from gezhi.faces.desk.confidential.opening import NEEDS
from gezhi.faces.desk.setup.trail_names import TrailNames, names_for
from gezhi.faces.desk.setup.verbs import verb_words
from gezhi.faces.shell import terms
from gezhi.ground.audit.queries import EntryRow
from gezhi.ground.audit.wording import known
from gezhi.ground.notices.reporter_sentences import REPORTERS
from gezhi.ground.notices.sentences import STAFF
from gezhi.kernel.digits import case_number, report_number
from gezhi.kernel.viewer import Role, Viewer
from gezhi.records.posts.rules import ROLE_NAMES
from gezhi.work.cases.queries import QUEUES


@dataclass(frozen=True, slots=True)
class TrailLine:
    """One row as it is read."""

    moment: datetime
    who: str
    who_query: str
    what: str
    refused: bool
    subject: str
    subject_query: str
    unit: str
    details: tuple[tuple[str, str], ...]
    purpose: str


def lines(viewer: Viewer, rows: Iterable[EntryRow]) -> list[TrailLine]:
    """The rows with the names of what they speak of; a query for each kind of thing."""
    rows = list(rows)
    names = names_for(viewer, rows)
    return [_line(row, names) for row in rows]


def _line(row: EntryRow, names: TrailNames) -> TrailLine:
    named = names.of(row.subject_kind, row.subject_id)
    doer = names.people.get(row.user_id or 0)
    kind = kind_words(row.subject_kind)
    return TrailLine(
        moment=row.recorded_at,
        who=names.of("user", row.user_id) or system_words(row.system_name),
        who_query=urlencode({"staff_number": doer[0]}) if doer else "",
        what=verb_words(row.verb),
        refused=row.outcome == "refused",
        subject=f"{kind} {_grouped(row.subject_kind, named)}".strip(),
        subject_query=_query_of(row, named, names),
        unit=names.of("unit", row.unit_id),
        details=tuple(_details(row.detail)),
        purpose=purpose_words(row.purpose),
    )


def _grouped(kind: str, named: str) -> str:
    """Numbers of cases and reports as they stand on every page."""
    spoken = {"case": case_number, "report": report_number}.get(kind)
    return spoken(named) if spoken else named


def _query_of(row: EntryRow, named: str, names: TrailNames) -> str:
    """The filter that shows all that was done to the same case or by the same person."""
    if row.subject_kind == "case" and named:
        return urlencode({"case": named})
    known = names.people.get(row.subject_id or 0) if row.subject_kind == "user" else None
    return urlencode({"staff_number": known[0]}) if known else ""


def kind_words(kind: str) -> str:
    """What kind of thing it was done to; the code where nobody gave it a word."""
    return str(known().kinds.get(kind, kind))


def system_words(name: str) -> str:
    """Which task or command did it; a visitor where none did."""
    return str(known().systems.get(name, name)) if name else _("来访者")


def purpose_words(purpose: str) -> str:
    """What something was opened for: a chosen reason, a message sent, or words that were typed."""
    if purpose in REPORTERS:
        return _("给反映人发消息")
    if purpose in STAFF:
        return _("给工作人员发消息")
    if purpose == "colleague":
        return _("联系同事")
    if purpose == "intake":
        return _("接听来电")
    if purpose.startswith("other: "):
        return purpose.removeprefix("other: ")
    return str({**deed_words.PURPOSES, **NEEDS}.get(purpose, purpose))


def _details(detail: dict[str, Any]) -> Iterable[tuple[str, str]]:
    for key, value in detail.items():
        # The others are numbers of rows for whoever opens the database.
        if key in known().details:
            yield str(known().details[key]), _value(key, value)


def _value(key: str, value: Any) -> str:
    if isinstance(value, list | dict):
        return str(len(value))
    if key == "role" and value in set(Role):
        return str(ROLE_NAMES[Role(value)])
    if key == "class":
        return terms.label("matters", str(value))
    if key == "queue":
        return str(QUEUES[value].title) if value in QUEUES else _("查找结果")
    if isinstance(value, bool):
        return _("是") if value else _("否")
    return str(known().codes.get(str(value), value))
