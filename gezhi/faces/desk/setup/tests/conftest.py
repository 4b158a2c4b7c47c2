"""Browsers of the three administrators, reading a page, and sheets to be brought in."""

import io

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from gezhi.work.cases.tests.playing import Play


@pytest.fixture
def admin(client_of, cast):
    """The system administrator's browser."""
    return client_of(cast.system_administrator)


@pytest.fixture
def security(client_of, cast):
    """The security administrator's browser."""
    return client_of(cast.security_administrator)


@pytest.fixture
def auditor(client_of, cast):
    """The audit administrator's browser."""
    return client_of(cast.audit_administrator)


@pytest.fixture
def text_of():
    """The words of an answer; a redirect is followed by the test, not here."""

    def text(answer, status=200):
        assert answer.status_code == status, answer.status_code
        return answer.content.decode()

    return text


@pytest.fixture
def play(cast):
    """A case to be played with the cast."""
    return Play(cast)


def sheet_of(*lines):
    """A workbook of these lines, formulas as text."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet()
        for place, line in enumerate(lines):
            sheet.write_row(place, 0, line)
    return buffer.getvalue()


def cells(content):
    """The first sheet of a workbook, line by line."""
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
