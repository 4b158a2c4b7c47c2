"""What may be told to the other system of a step: what its reporter may read, and nothing else."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from gezhi.ground.codes import queries as codes
from gezhi.kernel import clock
from gezhi.kernel.fields import open_sealed
from gezhi.kernel.words import shown
from gezhi.records.units import queries as units
from gezhi.work.cases.declared import DECLARED
from gezhi.work.cases.models import Case, Report, Step
from gezhi.work.cases.rules import Deed
from gezhi.work.orders.models import Reply, ReplyKind

_HIDDEN = "某某"
_RESOLVED = {"solved": "已解决", "partly": "部分解决", "unsolved": "未解决"}
_GIVEN_ON = (Deed.DISPATCH,)


@dataclass(frozen=True, slots=True)
class Told:
    """One reply as the other system reads it."""

    reply_id: int
    number: str
    version: str
    kind: str
    at: datetime
    unit: str = ""
    words: str = ""
    result: str = ""
    solved: str = ""
    basis: str = ""
    reason: str = ""
    proposed: str = ""
    until: datetime | None = None
    serial: int = 0

    @property
    def place(self) -> tuple[str, datetime, int, int]:
        """Where it stands among others: by order, as it came about; what signs goes before what ends."""
        kinds = [str(kind.label) for kind in ReplyKind]
        return self.number, self.at, self.serial, kinds.index(self.kind)

    def cell(self, name: str) -> str | datetime | None:
        """What stands in the column of this field."""
        value: str | datetime | None = getattr(self, name)
        return value


@dataclass(slots=True)
class Teller:
    """Tells replies; what they share is read once."""

    _units: dict[int, str] = field(default_factory=dict)
    _steps: dict[int, Step] = field(default_factory=dict)
    _finished: dict[int, str] = field(default_factory=dict)

    def tell(self, replies: Iterable[Reply]) -> list[Told]:
        """Each reply in the words of what its step told the reporter. Where the reporter is to be
        kept confidential neither name nor phone stands in any of them."""
        rows = list(replies)
        self._read(rows)
        with codes.steady():
            return [self._told(row) for row in rows]

    def _read(self, rows: list[Reply]) -> None:
        ids = [row.step_id for row in rows if row.step_id]
        for at in range(0, len(ids), 500):
            some = Step.objects.filter(pk__in=ids[at : at + 500]).select_related("words", "case")
            self._steps |= {step.pk: step for step in some}
        wanted = {i for s in self._steps.values() for i in (s.unit_id, s.holder_after_id) if i}
        self._units = units.names_of(wanted)
        cases = {row.order.report.case_id for row in rows if row.kind == ReplyKind.FINISH}
        told = Step.objects.filter(case__in=cases, deed__in=[Deed.FINISH, Deed.HANDLE_ON_THE_SPOT])
        for step in told.select_related("words").order_by("serial"):
            self._finished[step.case_id] = _words_of(step)

    def _told(self, row: Reply) -> Told:
        order = row.order
        report = order.report
        step = self._steps.get(row.step_id or 0)
        said = _words_of(step) if step else ""
        sentence = self._sentence(step) if step else ""
        kind = ReplyKind(row.kind)
        hide = _hidden(report) if order.confidential or report.case.is_restricted else {}
        parts = {
            "unit": self._unit(step) if step else "",
            "words": _joined(sentence, said, row.words),
            "proposed": row.unit_words,
        }
        if kind == ReplyKind.FINISH:
            result = self._finished.get(report.case_id, "")
            parts |= {
                "words": _joined(said or result, row.words),
                "result": result or said,
                "solved": _RESOLVED.get(report.resolved, ""),
                "basis": row.basis or _basis(report.case),
            }
        elif kind == ReplyKind.RETURN:
            reason = _joined(_reject_reason(step), said, row.words)
            parts |= {"reason": reason, "basis": row.basis, "words": ""}
        elif kind == ReplyKind.EXTEND:
            parts |= {"reason": _joined(_delay_reason(step), row.words), "words": sentence}
        plain = {name: _scrubbed(text, hide) for name, text in parts.items()}
        return Told(
            reply_id=row.pk,
            number=order.number,
            version=order.version,
            kind=str(kind.label),
            at=step.happened_at if step else row.made_at,
            serial=step.serial if step else 0,
            until=row.until or (step.due_after if step and kind == ReplyKind.EXTEND else None),
            **plain,
        )

    def _unit(self, step: Step) -> str:
        unit_id = step.holder_after_id if step.deed in _GIVEN_ON else step.unit_id
        return self._units.get(unit_id or step.holder_after_id or 0, "")

    def _sentence(self, step: Step) -> str:
        declared = DECLARED[Deed(step.deed)]
        return str(declared.to_reporter) % {
            "unit": self._unit(step) or "街道网格中心",
            "when": f"{clock.local(step.due_after):%Y-%m-%d %H:%M}" if step.due_after else "",
            "reason": _delay_reason(step),
        }


def may_be_told(step: Step) -> bool:
    """Whether a reporter is told of the step at all; the house's inner ways stay inside."""
    declared = DECLARED[Deed(step.deed)]
    return bool(declared.to_reporter) and not (declared.untold and declared.untold(step))


def _words_of(step: Step) -> str:
    words = getattr(step, "words", None)
    return shown(words.text) if words and words.for_reporter else ""


def _joined(*parts: str) -> str:
    return "；".join(dict.fromkeys(part for part in parts if part))


def _reject_reason(step: Step | None) -> str:
    term = codes.term("reject_reasons", step.reason_code) if step and step.reason_code else None
    return term.label if term else ""


def _delay_reason(step: Step | None) -> str:
    term = codes.term("delay_reasons", step.reason_code) if step and step.reason_code else None
    return term.label if term else ""


def _basis(case: Case) -> str:
    term = codes.term("matters", case.class_code, pack_id=case.pack_id) if case.class_code else None
    return str(term.data.get("legal_basis") or "") if term else ""


def _hidden(report: Report) -> Mapping[str, str]:
    reporter = getattr(report, "reporter", None)
    if reporter is None:
        return {}
    found = (open_sealed(reporter, name) for name in ("name", "phone"))
    return {word: _HIDDEN for word in found if len(word) > 1}


def _scrubbed(text: str, hide: Mapping[str, str]) -> str:
    for word, instead in hide.items():
        text = text.replace(word, instead)
    return text
