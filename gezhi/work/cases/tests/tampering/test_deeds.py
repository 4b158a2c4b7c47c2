"""A deed seals what it writes, and never what was changed by hand before it."""

import re
from pathlib import Path

import pytest
from django.db import connection

from gezhi.work import cases
from gezhi.work.cases import actions
from gezhi.work.cases.models import Case, CaseWords, Report, Reporter, ReportWords, StepWords
from gezhi.work.cases.tests.playing import Play, fresh_key
from gezhi.work.cases.tests.tampering.hand import found
from gezhi.work.deeds import doing as engine


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("cases_case", "urgency = 'urgent'"),
        ("cases_case", "finished_by = 1"),
        ("cases_assignment", "taken_at = sent_at"),
        ("cases_stagerow", "due_at = began_at"),
        ("audit_head", "rows = seal"),
    ],
)
def test_the_next_deed_does_not_seal_what_was_changed_before_it(
    play: Play, unguarded: None, table: str, change: str
) -> None:
    play.until("dispatched")
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {change}")
    play.take().finish().check().close()
    assert found() == [play.case.pk]


def test_a_report_that_was_changed_is_not_sealed_by_its_rating_or_its_merging(
    play: Play, unguarded: None
) -> None:
    into = Play(play.cast).report(text="另一袋垃圾")
    play.report()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE cases_report SET channel = 'visit'")
    play.do(actions.merge, play.cast.acceptor.viewer, into=into.receipt.case_number)
    assert found() == [into.case.pk]


def test_what_was_erased_lawfully_fits_and_its_seals_follow(told: Play) -> None:
    actions.erase_reporter(
        number=told.receipt.number,
        by=told.cast.security_administrator.viewer,
        words="本人到大厅申请",
        key=fresh_key(),
    )
    assert not Reporter.objects.exists()
    assert ReportWords.objects.filter(text="").exists()
    assert CaseWords.objects.filter(title="").exists()
    assert StepWords.objects.filter(text="").exists()
    assert found() == []


def test_every_deed_leaves_a_case_that_fits(play: Play) -> None:
    play.report()
    actions.join(
        intake=play.intake(text="我家也是"), case=play.case, by=play.stranger, key=fresh_key()
    )
    other = Play(play.cast).report(text="另一件事")
    other.do(actions.merge, play.cast.acceptor.viewer, into=play.receipt.case_number)
    actions.add_word(
        report=play.report_row, by=play.stranger, key=fresh_key(), words="补充", photos=[play.photo()]
    )  # fmt: skip
    actions.urge(report=play.report_row, by=play.stranger, key=fresh_key())
    play.accept()
    actions.contact(report=play.report_row, by=play.cast.acceptor.viewer, key=fresh_key())
    play.dispatch(assist_unit_ids=[play.cast.street.water.pk])
    assert found() == []
    assert Case.objects.count() == 2
    assert Report.objects.filter(case=play.case).count() == 3


_PAST = re.compile(
    r"^.*(?:\.(?:save|update|create|bulk_update|bulk_create)|rows\.change)\(.*$", re.MULTILINE
)


# What is saved after `settle`, and the rows that carry no seal.
# Reference data like the duty list, not a row of a case.
_ALLOWED = {
    *("lead.save()", "rows.change(subject)"),
    'rows.change(reporter, ["name", "phone", "phone_index", "seal"])',
    *("precedent = Precedent.objects.create(", "new = Precedent.objects.create("),
    *('locked.save(update_fields=["valid_to"])', 'old.save(update_fields=["valid_to"])'),
}


def test_no_deed_writes_a_row_past_its_seal() -> None:
    folders = (Path(cases.__path__[0]), Path(engine.__file__).parent)
    written = {
        line.strip()
        for folder in folders
        for path in folder.rglob("*.py")
        if not {"tests", "migrations", "covering.py", "verification.py"} & set(path.parts)
        for line in _PAST.findall(path.read_text(encoding="utf-8"))
    }
    assert written == _ALLOWED
