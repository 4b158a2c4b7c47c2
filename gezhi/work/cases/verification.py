"""Checking cases against what their steps sealed: chain, head, trail, rows.

For every case, in order of id, a few hundred at a time:

- each step's own keyed digest, its link to the one before, and the head of the chain;
- the trail: each step has its entry and each entry its step, so steps that were cut off at the
  end show even when the head was put back with them;
- what the last step says of the case (state, holder, due time, round, version);
- every other row by its seal (`ground/audit/seals.py`), and by the sum of them at the head, that
  none is missing, added, or put back as it was before.

What is not found here: that the whole installation was put back as it was on an earlier day, with
the trail and everything in it. That shows by a digest noted outside of it (`gezhi audit anchor`).
Nor that a case of the last two or three minutes was taken away whole, with its head and every entry
of its steps, before any of them was sealed into a block: nothing is left that names it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.db import DataError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from gezhi.ground.audit.blocks import is_covered
from gezhi.ground.audit.models import Entry, Head
from gezhi.ground.audit.rules import chained, fits, head_content
from gezhi.ground.audit.seals import NOTHING, SealedRow, added, is_whole, summand
from gezhi.ground.audit.verification import Broken, Progress, Verified
from gezhi.work.cases.models import Case, Step
from gezhi.work.cases.sealed import TABLES, Where, among, between, rows_of

KIND = "case"
_AT_ONCE = 300
_LAST_ID = (1 << 63) - 1
# What the drivers say of a moment that is none, or lies beyond all calendars.
_UNREADABLE = (ValueError, OverflowError, DataError)


@dataclass(frozen=True, slots=True)
class BrokenRow:
    """The first row of a case that does not fit, and what is wrong with it.

    `row` is `#3` for a step, the table and id of another row; `serial` is the step's or 0.
    """

    case_id: int
    row: str
    fault: str
    serial: int = 0


@dataclass(slots=True)
class _Held:
    """Everything held of one case."""

    case: Case | None = None
    head: Head | None = None
    steps: list[Step] = field(default_factory=list)
    rows: list[SealedRow] = field(default_factory=list)
    told: dict[int, str] = field(default_factory=dict)
    readable: bool = True


def broken_rows(*, since: datetime | None = None) -> Iterator[BrokenRow]:
    """Every case that does not fit, with the first row of it that does not.

    `since` limits the walk to cases with a step recorded from then on, which are checked whole.
    A case that a deed changes while it is read is read again under its lock.
    """
    walk = _Walk()
    for held in walk.cases(since):
        yield from walk.broken(held)


def verify_cases(since: datetime | None, progress: Progress) -> Verified:
    """The first row that does not fit and how many cases were checked, for `gezhi audit verify`."""
    walk = _Walk()
    for held in walk.cases(since):
        progress(walk.count)
        for found in walk.broken(held):
            number = Case.objects.filter(pk=found.case_id).values_list("number", flat=True).first()
            where = f"{number or found.case_id} {found.row}"
            return Verified(Broken(KIND, where, found.fault), walk.count, walk.without_seal)
    return Verified(None, walk.count, walk.without_seal)


class _Walk:
    """One pass over the cases, some hundred at a time."""

    def __init__(self) -> None:
        self.count = self.without_seal = 0
        self._covered = is_covered(KIND)

    def cases(self, since: datetime | None) -> Iterator[dict[int, _Held]]:
        for where in _portions() if since is None else _portions_since(since):
            try:
                held = _read(where)
            except _UNREADABLE:
                held = _read_one_by_one(where)
            self.count += len(held)
            yield held

    def broken(self, held: dict[int, _Held]) -> Iterator[BrokenRow]:
        for case_id in sorted(held):
            found = self._fault(case_id, held[case_id])
            if found is not None:
                found = self._again(case_id)
            if found is not None:
                yield found
            head = held[case_id].head
            self.without_seal += head is not None and not head.seal

    def _again(self, case_id: int) -> BrokenRow | None:
        """The same case under its lock: a deed may have been done while it was read."""
        with transaction.atomic():
            list(Case.objects.select_for_update().filter(pk=case_id).values_list("pk"))
            held = _read_one_by_one(lambda path: Q(**{path: case_id})).get(case_id)
            # A case of which nothing is left was taken away: no deed ends like that.
            return self._fault(case_id, held or _Held())

    def _fault(self, case_id: int, held: _Held) -> BrokenRow | None:
        if not held.readable:
            return BrokenRow(case_id, "rows", _("里面有读不出的值"))
        return _in_chain(case_id, held) or _in_trail(case_id, held) or self._in_rows(case_id, held)

    def _in_rows(self, case_id: int, held: _Held) -> BrokenRow | None:
        found = _as_told(case_id, held)
        head = held.head
        if found is not None or head is None:
            return found
        if not head.seal:
            fault = _("封签不在了")
            return BrokenRow(case_id, "head", fault) if self._covered else None
        for row in held.rows:
            if not is_whole(row):
                fault = _("有一栏被改过") if row.seal else _("写进来时没有封签")
                return BrokenRow(case_id, f"{row._meta.db_table} {row.pk}", fault)
        if not fits(head_content(head), head.seal):
            return BrokenRow(case_id, "head", _("链头被改过"))
        if head.rows != added(NOTHING, sum(summand(row.seal) for row in held.rows)):
            return BrokenRow(case_id, "rows", _("有一行被拿走、添上或换回过"))
        return None


def _portions() -> Iterator[Where]:
    """The whole line of ids in stretches of some hundred cases, so that no row falls between."""
    after = 0
    while True:
        rows = Case.objects.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)
        last = list(rows[_AT_ONCE - 1 : _AT_ONCE])
        yield between(after, last[0] if last else _LAST_ID)
        if not last:
            return
        after = last[0]


def _portions_since(since: datetime) -> Iterator[Where]:
    recent = set(Step.objects.filter(recorded_at__gte=since).values_list("case_id", flat=True))
    told = Entry.objects.filter(subject_kind=KIND, recorded_at__gte=since)
    told = told.exclude(subject_digest="")
    recent.update(case_id or 0 for case_id in told.values_list("subject_id", flat=True))
    ordered = sorted(recent)
    for first in range(0, len(ordered), _AT_ONCE):
        yield among(ordered[first : first + _AT_ONCE])


def _read(where: Where) -> dict[int, _Held]:
    found: dict[int, _Held] = {}
    for case_id, row in rows_of(where):
        held = found.setdefault(case_id, _Held())
        held.rows.append(row)
        if isinstance(row, Case):
            held.case = row
    for step in Step.objects.filter(where("case_id")).order_by("case_id", "serial"):
        found.setdefault(step.case_id, _Held()).steps.append(step)
    for head in Head.objects.filter(where("subject_id"), subject_kind=KIND):
        found.setdefault(head.subject_id, _Held()).head = head
    entries = Entry.objects.filter(where("subject_id"), subject_kind=KIND).exclude(
        subject_digest=""
    )
    for entry in entries.order_by().only("subject_id", "detail", "subject_digest"):
        if "step" in entry.detail:
            held = found.setdefault(entry.subject_id or 0, _Held())
            held.told[entry.detail["step"]] = entry.subject_digest
    return found


def _read_one_by_one(where: Where) -> dict[int, _Held]:
    """The same, where something was written into one of them that is no value of its column."""
    ids: set[int] = set()
    for model, path in TABLES.items():
        ids.update(model._default_manager.filter(where(path)).values_list(path, flat=True))
    ids.update(Step.objects.filter(where("case_id")).order_by().values_list("case_id", flat=True))
    heads = Head.objects.filter(where("subject_id"), subject_kind=KIND)
    ids.update(heads.values_list("subject_id", flat=True))
    told = Entry.objects.filter(where("subject_id"), subject_kind=KIND).exclude(subject_digest="")
    ids.update(case_id or 0 for case_id in told.order_by().values_list("subject_id", flat=True))
    found: dict[int, _Held] = {}
    for case_id in ids:
        try:
            found |= _read(among([case_id]))
        except _UNREADABLE:
            found[case_id] = _Held(readable=False)
    return found


def _in_chain(case_id: int, held: _Held) -> BrokenRow | None:
    link, serial = "", 0
    for step in held.steps:
        fault = _fault_of_step(step, link, serial)
        if fault:
            return BrokenRow(case_id, f"#{step.serial}", fault, step.serial)
        link, serial = step.chain_digest, step.serial
    if not held.steps:
        return BrokenRow(case_id, "#1", _("流转全不在了"), 1)
    if held.case is None:
        return BrokenRow(case_id, "case", _("事件不在了"))
    if held.head is None:
        return BrokenRow(case_id, "head", _("链头不在了"))
    if held.head.digest != link or held.head.length != serial:
        return BrokenRow(case_id, f"#{serial + 1}", _("最后的流转不在了"), serial + 1)
    return None


def _fault_of_step(step: Step, link: str, serial: int) -> str:
    if step.serial != serial + 1:
        return _("前面少了一步")
    if not fits(step.content(), step.digest):
        return _("有一栏被改过")
    if step.chain_digest != chained(link, step.digest):
        return _("接不上前一步")
    return ""


def _in_trail(case_id: int, held: _Held) -> BrokenRow | None:
    """Steps without the entry that recorded them, and entries whose step is gone."""
    told = dict(held.told)
    for step in held.steps:
        digest = told.pop(step.pk, "")
        if digest != step.chain_digest:
            fault = _("和留痕记的不一样") if digest else _("留痕里记它的那条不在了")
            return BrokenRow(case_id, f"#{step.serial}", fault, step.serial)
    if told:
        serial = held.steps[-1].serial + 1
        return BrokenRow(case_id, f"#{serial}", _("留痕记过的一步不在了"), serial)
    return None


def _as_told(case_id: int, held: _Held) -> BrokenRow | None:
    """Whether the case is what its last step left; known of cases without seals too."""
    case, last = held.case, held.steps[-1]
    if case is None:
        return None
    pairs = {
        "state": (case.state, last.to_state),
        "holder_id": (case.holder_id, last.holder_after_id),
        "due_at": (case.due_at, last.due_after),
        "round": (case.round, last.round),
        "version": (case.version, last.serial),
    }
    for name, (now, then) in pairs.items():
        if now != then:
            fault = _("和第 %(step)d 步记的不一样") % {"step": last.serial}
            return BrokenRow(case_id, f"case.{name}", fault)
    for step in held.steps:
        if step.district_id != case.district_id:
            return BrokenRow(case_id, f"#{step.serial}", _("有一栏被改过"), step.serial)
    return None
