"""Numbers of cases and reports: `{area6}{yyyymmdd}{serial7}` and `{yymmdd}{serial7}`.

The serial never resets and may have gaps: PostgreSQL draws it from a sequence, so that reports do
not queue behind one counter row; SQLite has one writer at a time anyway.
"""

from datetime import datetime

from django.db import connection

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


def report_number(moment: datetime, serial: int) -> str:
    """13 digits a resident can read out: local day and serial modulo 10⁷."""
    return f"{clock.local(moment):%y%m%d}{serial % SERIAL_MODULUS:07d}"
