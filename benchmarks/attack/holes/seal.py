"""Somebody with the database's own password changes rows by hand and hopes that nobody sees it."""

import json
import subprocess
from collections.abc import Iterator

from benchmarks import serving
from benchmarks.attack.stand import Finding, Stand

NAME = "seal"
DOES = "changes rows by SQL with every trigger lifted, one change at a time, and puts it back"
RIGHT = "`gezhi audit verify` names the case each time, and is content when all is put back"
CASES = 40

# What is done, the statement, and the statement that puts it back ({case}, {step} … are filled in).
_TAMPERINGS = (
    ("the due time is moved", "cases_case", "due_at", "'2031-01-01 00:00:00+00:00'"),
    ("who finished it is changed", "cases_case", "finished_by", "1"),
    ("words of a step are rewritten", "cases_stepwords", "text", "'没有这回事'"),
    ("the reporter's words are rewritten", "cases_reportwords", "text", "'没有这回事'"),
    ("a late stage is made on time", "cases_stagerow", "on_time", "NOT on_time"),
    ("an assignment is given to another unit", "cases_assignment", "sent_by", "1"),
    ("a step is done by somebody else", "cases_step", "user_id", "1"),
    ("a rating is made better", "cases_report", "satisfied", "'satisfied'"),
)
_CHANGE = """
import json
from django.db import connection
from gezhi.ground.audit import triggers
triggers.remove()
with connection.cursor() as cursor:
    cursor.execute("SELECT {key}, {column} FROM {table} WHERE {column} IS NOT NULL AND "
                   "({column} <> {value}) ORDER BY {key} DESC LIMIT 1")
    row = cursor.fetchone()
    cursor.execute("UPDATE {table} SET {column} = {value} WHERE {key} = %s", [row[0]])
print(json.dumps([row[0], str(row[1])]))
"""
_BACK = """
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("UPDATE {table} SET {column} = %s WHERE {key} = %s", [{old!r}, {row}])
"""
_CLOSE = """
import json
from gezhi.ground.audit import triggers
from gezhi.kernel import clock
from gezhi.work.cases.models import Case
triggers.remove()
case = Case.objects.filter(ended_at=None).order_by("id").first()
Case.objects.filter(pk=case.pk).update(
    state="closed", ended_at=clock.now(), holder=None, due_at=None)
print(json.dumps([case.pk, case.state, case.holder_id, case.due_at.isoformat()]))
"""
_OPEN = """
from datetime import datetime
from gezhi.work.cases.models import Case
pk, state, holder, due = {row}
Case.objects.filter(pk=pk).update(
    state=state, ended_at=None, holder_id=holder, due_at=datetime.fromisoformat(due))
"""
_CUT = """
from django.db import connection
from gezhi.ground.audit import triggers
from gezhi.ground.audit.models import Head
from gezhi.work.cases.models import Case
triggers.remove()
case = Case.objects.filter(version__gte=5).order_by("-id").first()
kept = case.steps.order_by("serial")[case.version - 3]
with connection.cursor() as cursor:
    for table in ("cases_attachment", "cases_stepwords"):
        cursor.execute(f"DELETE FROM {table} WHERE step_id IN (SELECT id FROM cases_step "
                       "WHERE case_id = %s AND serial > %s)", [case.pk, kept.serial])
    cursor.execute("DELETE FROM cases_step WHERE case_id = %s AND serial > %s",
                   [case.pk, kept.serial])
    cursor.execute("UPDATE cases_case SET version = %s, state = %s WHERE id = %s",
                   [kept.serial, kept.to_state, case.pk])
Head.objects.filter(subject_kind="case", subject_id=case.pk).update(
    digest=kept.chain_digest, length=kept.serial)
"""


def attack(stand: Stand) -> Iterator[Finding]:
    """Content before; each change by itself; the end of a case cut off for good."""
    clean = _verify(stand)
    yield Finding("nothing changed yet", clean, "相符" in clean)
    row = json.loads(stand.inside(_CLOSE))
    said = _verify(stand)
    stand.inside(_OPEN.format(row=row))
    yield Finding("an open case is closed", said, "相符" not in said)
    for what, table, column, value in _TAMPERINGS:
        yield _tampered(stand, what, table, column, value)
    stand.inside(_CUT)
    said = _verify(stand)
    yield Finding("the last two steps are deleted, the head set back", said, "相符" not in said)


def _tampered(stand: Stand, what: str, table: str, column: str, value: str) -> Finding:
    key = {"cases_stepwords": "step_id", "cases_reportwords": "report_id"}.get(table, "id")
    row, old = json.loads(
        stand.inside(_CHANGE.format(key=key, table=table, column=column, value=value))
    )
    said = _verify(stand)
    # Booleans come back as words; both databases take them so.
    put = {"True": True, "False": False}.get(old, old)
    if stand.vendor == "sqlite" and isinstance(put, bool):
        put = int(put)
    stand.inside(_BACK.format(key=key, table=table, column=column, old=put, row=row))
    after = _verify(stand)
    return Finding(what, said, "相符" not in said and "相符" in after)


def _verify(stand: Stand) -> str:
    """The last line of the command that is not a count of rows."""
    begun = subprocess.run(
        [str(serving.GEZHI), "audit", "verify"],
        env=stand.installation.environment,
        cwd=serving.ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    lines = [line.strip() for line in (begun.stdout + begun.stderr).splitlines() if line.strip()]
    verdict = [line for line in lines if "相符" in line or "不符" in line]
    return (verdict or lines or [f"status {begun.returncode}"])[-1][:120]
