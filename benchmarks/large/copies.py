"""How one row of the demo street becomes the rows of years: what each column of a copy says.

Copy `n` of `times` lies `times - n` strides back in time; ids hold their moment in the upper 41 bits
(`kernel.ids`), so they go back with it, and the last copy is the row itself. Written as SQL, since
forty million rows are made: only here do the two databases differ.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models

# A title in so many holds this word and no other does: what a search that finds little is for.
RARE_WORD, RARE_IN = "白鹭", 50_000
RESTRICTED_IN = 200
# Sixty days of the demo and the days in which a case may be done again.
_ARCHIVED_AFTER = 20 * 1440
# Replies are written into the city's sheet every day or two.
_WRITTEN_AFTER = 2 * 1440
# The copies nearest to now keep their reporter's phone: each caller is known from so many cases.
KNOWN_FROM = 12
_NODE = 1 << 19
_BACK = "(%(times)s - n)"


@dataclass(frozen=True, slots=True)
class Batch:
    """One sort of copies: of the ended cases, or of the open ones; `minutes` apart."""

    name: str
    times: int
    minutes: float
    serials_from: int

    @property
    def milliseconds(self) -> int:
        return round(self.minutes * 60_000)


class Dialect:
    """The few expressions both databases write differently."""

    def __init__(self, vendor: str, batch: Batch) -> None:
        self._sqlite = vendor == "sqlite"
        self._batch = batch
        self.back = f"({batch.times} - n)"

    def moved_id(self, column: str) -> str:
        """An id as many strides earlier; of the open ones with another node, so that none meets."""
        stride = self._batch.milliseconds << 22
        node = f" + {_NODE}" if self._batch.name == "open" else ""
        moved = f"({column} - {self.back} * {stride}{node})"
        return f"CASE WHEN {self.back} = 0 THEN {column} ELSE {moved} END"

    def moved_moment(self, column: str) -> str:
        """A moment as many strides earlier."""
        if self._sqlite:
            shift = f"-({self.back} * {self._batch.minutes * 60})"
            return f"strftime('%Y-%m-%d %H:%M:%f', {column}, ({shift}) || ' seconds')"
        return f"{column} - {self.back} * interval '{self._batch.minutes} minutes'"

    def day(self, column: str, *, short: bool = False) -> str:
        """The day of a moment in digits, for a number: 20261129 or 261129."""
        moved = self.moved_moment(column)
        if self._sqlite:
            whole = f"strftime('%Y%m%d', {moved})"
            return f"substr({whole}, 3)" if short else whole
        return f"to_char({moved}, '{'YYMMDD' if short else 'YYYYMMDD'}')"

    def month(self, column: str) -> str:
        """The first day of the month of a moment, in China."""
        moved = self.moved_moment(column)
        if self._sqlite:
            return f"strftime('%Y-%m-01', {moved}, '+8 hours')"
        return f"date_trunc('month', ({moved}) AT TIME ZONE 'Asia/Shanghai')::date"

    def padded(self, number: str) -> str:
        """Seven digits."""
        if self._sqlite:
            return f"printf('%07d', {number})"
        return f"lpad(({number})::text, 7, '0')"

    def text(self, number: str) -> str:
        """A number as text."""
        return f"CAST({number} AS text)"


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the fill: its model and which of its template rows belong to a case."""

    model: type[models.Model]
    # SQL that is true of the rows of the cases in `ids`; `%s` stands for the list.
    whose: str
    # Columns that hold ids of other copied rows.
    follows: tuple[str, ...] = ()
    special: Callable[[Dialect, Batch], dict[str, str]] | None = None


def tables() -> tuple[Table, ...]:
    """What is filled, in the order of references."""
    from gezhi.ground.audit.models import Head
    from gezhi.ground.notices.models import Delivery
    from gezhi.work.cases import models as cases
    from gezhi.work.orders import models as orders
    from gezhi.work.triage import models as triage

    of_case = "case_id IN (%s)"
    of_report = "report_id IN (SELECT id FROM cases_report WHERE case_id IN (%s))"
    of_step = "step_id IN (SELECT id FROM cases_step WHERE case_id IN (%s))"
    of_order = (
        "order_id IN (SELECT id FROM orders_order WHERE report_id IN"
        " (SELECT id FROM cases_report WHERE case_id IN (%s)))"
    )
    to_reporter = (
        "recipient_kind = 'report' AND recipient_id IN"
        " (SELECT id FROM cases_report WHERE case_id IN (%s))"
    )
    of_advice = "advice_id IN (SELECT id FROM triage_advice WHERE case_id IN (%s))"
    return (
        Table(cases.Case, "id IN (%s)", special=_of_case),
        Table(cases.CaseWords, of_case, ("case_id",), _of_words),
        Table(cases.Report, of_case, ("case_id", "first_case_id"), _of_report),
        Table(cases.ReportWords, of_report, ("report_id",)),
        Table(cases.Reporter, of_report, ("report_id",), _of_reporter),
        Table(cases.Step, of_case, ("case_id", "report_id"), _of_step),
        Table(cases.StepWords, of_step, ("step_id",)),
        Table(cases.Attachment, of_case, ("case_id", "report_id", "step_id")),
        Table(cases.Assignment, of_case, ("case_id",)),
        Table(cases.StageRow, of_case, ("case_id",)),
        Table(cases.Verification, of_case, ("case_id",)),
        Table(Head, "subject_kind = 'case' AND subject_id IN (%s)", ("subject_id",)),
        Table(triage.Advice, of_case, ("case_id",), _of_advice),
        Table(triage.AdviceWords, of_advice, ("advice_id",)),
        Table(triage.Fingerprint, of_case, ("case_id",), _of_fingerprint),
        Table(orders.Order, of_report, ("report_id",), _of_order),
        Table(orders.Arrival, of_order, ("order_id",)),
        Table(orders.Reply, of_order, ("order_id", "step_id"), _of_reply),
        Table(Delivery, to_reporter, ("recipient_id",), _of_delivery),
    )


def _serial(batch: Batch) -> str:
    """A number no other copy of any template row has: `place` is the row's place in the template."""
    return f"({batch.serials_from} + n * 1000 + place)"


def _of_case(write: Dialect, batch: Batch) -> dict[str, str]:
    serial = write.padded(_serial(batch))
    kept = f"(n * 7919 + place) % {RESTRICTED_IN} = 0"
    return {
        "number": f"substr(number, 1, 6) || {write.day('reported_at')} || {serial}",
        # What was closed long ago is archived, as every night sees to.
        "state": f"CASE WHEN state = 'closed' AND {write.back} * {batch.minutes} > {_ARCHIVED_AFTER}"
        " THEN 'archived' ELSE state END",
        "origin_system": "''",
        "origin_number": "''",
        "confidentiality": f"CASE WHEN {kept} THEN 'restricted' ELSE confidentiality END",
    }


def _of_words(write: Dialect, batch: Batch) -> dict[str, str]:
    rare = f"(n * 1000 + place) % {RARE_IN} = 0"
    house = f"{write.text('1 + (n * 31 + place) % 40')} || '栋'"
    stairs = f"{write.text('1 + (n * 7 + place) % 6')} || '单元'"
    return {
        "title": f"CASE WHEN {rare} THEN '{RARE_WORD}落在' || substr(title, 1, 60) ELSE title END",
        "place_words": f"substr(place_words, 1, 100) || ' ' || {house} || {stairs}",
    }


def _of_report(write: Dialect, batch: Batch) -> dict[str, str]:
    return {
        "number": f"{write.day('received_at', short=True)} || {write.padded(_serial(batch))}",
    }


def _of_reporter(write: Dialect, batch: Batch) -> dict[str, str]:
    known = f"{write.back} < {KNOWN_FROM} OR phone_index = ''"
    other = f"substr(phone_index, 1, 20) || '.' || {write.text('n')} || substr(phone_index, 21)"
    # A sealed value opens in its own row alone.
    own = f"CASE WHEN {write.back} = 0 THEN {{}} ELSE '' END"
    return {
        "name": own.format("name"),
        "phone": own.format("phone"),
        "phone_index": f"CASE WHEN {known} THEN phone_index ELSE {other} END",
    }


def _of_step(write: Dialect, batch: Batch) -> dict[str, str]:
    return {"deed_key": f"'{batch.name[0]}' || {write.text('n')} || ':' || deed_key"}


def _of_advice(write: Dialect, batch: Batch) -> dict[str, str]:
    return {"month": write.month("made_at")}


def _of_order(write: Dialect, batch: Batch) -> dict[str, str]:
    return {"number": f"number || '-{batch.name[0]}' || {write.text('n')}"}


def _of_reply(write: Dialect, batch: Batch) -> dict[str, str]:
    # What was said back long ago was written into a sheet long ago.
    old = f"{write.back} * {batch.minutes} > {_WRITTEN_AFTER}"
    moment = write.moved_moment("made_at")
    written = write.moved_moment("written_at")
    return {"written_at": f"CASE WHEN {old} THEN {moment} ELSE {written} END"}


def _of_delivery(write: Dialect, batch: Batch) -> dict[str, str]:
    return {"key": f"key || '-{batch.name[0]}' || {write.text('n')}"}


def _of_fingerprint(write: Dialect, batch: Batch) -> dict[str, str]:
    return {"moment": f"moment - {write.back} * {batch.minutes / 1440!r}"}


def select_list(table: Table, write: Dialect, batch: Batch) -> tuple[list[str], list[str]]:
    """The columns of a table that are written, and the expression of each in a copy."""
    made = table.special(write, batch) if table.special else {}
    names, expressions = [], []
    for field in _written(table.model):
        name = field.column or ""
        names.append(name)
        if name in made:
            expressions.append(made[name])
        elif field.primary_key or name in table.follows:
            expressions.append(write.moved_id(name))
        elif isinstance(field, models.DateTimeField):
            expressions.append(write.moved_moment(name))
        else:
            expressions.append(f'"{name}"')
    return names, expressions


def _written(model: type[models.Model]) -> "Sequence[models.Field[Any, Any]]":
    return [field for field in model._meta.local_concrete_fields if not field.generated]
