"""Numbers of cases and reports: `{area6}{yyyymmdd}{serial7}` and `{yymmdd}{chance7}`.

A case's serial never resets and may have gaps: PostgreSQL draws it from a sequence, so that reports
do not queue behind one counter row; SQLite has one writer at a time anyway. Case numbers are known
to neighbors ("我也遇到"), so a report's number has nothing of them: its seven digits are drawn by
chance, and drawn again when the day has them already. Nobody can tell a report's number from its
case's, or from another report's before or after it.
"""

from datetime import datetime
from secrets import randbelow

from django.db import IntegrityError, connection

from gezhi.kernel import clock

SERIAL_MODULUS = 10_000_000
SEQUENCE = "cases_serial_sequence"


def next_serial(district_id: int) -> int:
    """Draw the next serial; inside the caller's transaction."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"SELECT nextval('{SEQUENCE}')")
        else:
            cursor.execute(
                "INSERT INTO cases_serial (district_id, value) VALUES (%s, 1) "
                "ON CONFLICT (district_id) DO UPDATE SET value = value + 1 RETURNING value",
                [district_id],
            )
        return int(cursor.fetchone()[0])


def case_number(area_code: str, moment: datetime, serial: int) -> str:
    """21 digits: district code, local day, serial modulo 10⁷."""
    return f"{area_code}{clock.local(moment):%Y%m%d}{serial % SERIAL_MODULUS:07d}"


def report_number(moment: datetime) -> str:
    """13 digits a resident can read out: local day and seven digits by chance.

    Of `n` reports of a district and day the next one draws a taken number once in 10⁷/n times;
    the row is refused then (`is_drawn_twice`).
    """
    return f"{clock.local(moment):%y%m%d}{randbelow(SERIAL_MODULUS):07d}"


def is_drawn_twice(error: IntegrityError) -> bool:
    """Whether a row was refused because a report of this district and day has its number."""
    words = str(error)
    return "one_report_per_number" in words or "cases_report.number" in words
