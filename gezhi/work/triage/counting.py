"""Figures of advice kept by step: the counts of a month move with each row of advice.

By the database itself, in the writer's transaction and whoever writes, so that no page counts
through all advice and no figure is older than what it counts. What a row counts is said once, in
SQL for both databases; `figures.tallies` counts the same anew, for the night and for the tests.
"""

from gezhi.kernel.ids import EPOCH_MILLISECONDS
from gezhi.work.triage.rules import LEARNT_BY, LEAST_GIVEN

_KEY = ("district_id", "street_id", "what", "month")
_COUNTS = (
    "cases", "given", "settled", "taken", "judged", "right",
    "learnt", "learnt_judged", "learnt_right",
)  # fmt: skip


def _counts_of(row: str) -> tuple[str, ...]:
    """Whether a row counts, in the order of `_COUNTS`, as conditions."""
    given = f"{row}.confidence >= {LEAST_GIVEN} AND {row}.abstained IS NOT TRUE"
    learnt = f"{given} AND {row}.method = '{LEARNT_BY}'"
    return (
        "1 = 1",
        given,
        f"{given} AND {row}.settled_at IS NOT NULL",
        f"{given} AND {row}.taken IS TRUE",
        f'{given} AND {row}."right" IS NOT NULL',
        f'{given} AND {row}."right" IS TRUE',
        learnt,
        f'{learnt} AND {row}."right" IS NOT NULL',
        f'{learnt} AND {row}."right" IS TRUE',
    )


def _quoted(*names: str) -> str:
    return ", ".join(f'"{name}"' for name in names)


_SQLITE_ID = (
    f"((CAST(strftime('%s', 'now') AS integer) * 1000 - {EPOCH_MILLISECONDS}) << 22)"
    " | (abs(random()) & 4194303)"
)
_POSTGRESQL_ID = (
    f"((extract(epoch FROM clock_timestamp()) * 1000)::bigint - {EPOCH_MILLISECONDS} << 22)"
    " | (random() * 4194303)::bigint"
)


def _sqlite(deed: str) -> str:
    name = f"triage_advice_counted_{deed.lower()}"
    values = ", ".join(f"({one})" for one in _counts_of("NEW"))
    keys = ", ".join(f"NEW.{name}" for name in _KEY)
    moved = ", ".join(f'"{name}" = "{name}" + excluded."{name}"' for name in _COUNTS)
    come = (
        f"INSERT INTO triage_worth (id, {_quoted(*_KEY, *_COUNTS)})"
        f" VALUES ({_SQLITE_ID}, {keys}, {values})"
        f" ON CONFLICT ({_quoted(*_KEY)}) DO UPDATE SET {moved};"
    )
    off = ", ".join(
        f'"{name}" = "{name}" - ({one})'
        for name, one in zip(_COUNTS, _counts_of("OLD"), strict=True)
    )
    where = " AND ".join(f'"{name}" = OLD.{name}' for name in _KEY)
    go = f"UPDATE triage_worth SET {off} WHERE {where};"
    steps = {"INSERT": come, "UPDATE": f"{go} {come}", "DELETE": go}[deed]
    return f"CREATE TRIGGER {name} AFTER {deed} ON triage_advice BEGIN {steps} END"


def _postgresql(deed: str) -> str:
    """By statement, so that a batch of advice moves each count once, and in one order."""
    name = f"triage_advice_counted_{deed.lower()}"
    sides = {
        "INSERT": [("came", 1)],
        "UPDATE": [("came", 1), ("gone", -1)],
        "DELETE": [("gone", -1)],
    }
    tables = {"came": "NEW TABLE AS came", "gone": "OLD TABLE AS gone"}
    counted = " UNION ALL ".join(
        f"SELECT {_quoted(*_KEY)}, "
        + ", ".join(
            f'{sign} * ({one})::int AS "{column}"'
            for column, one in zip(_COUNTS, _counts_of(side), strict=True)
        )
        + f" FROM {side}"
        for side, sign in sides[deed]
    )
    sums = ", ".join(f'sum("{column}") AS "{column}"' for column in _COUNTS)
    moved = ", ".join(f'"{column}" = w."{column}" + m."{column}"' for column in _COUNTS)
    same = " AND ".join(f'w."{column}" = m."{column}"' for column in _KEY)
    keys = _quoted(*_KEY)
    zeros = ", ".join("0" for _count in _COUNTS)
    there = f"INSERT INTO triage_worth (id, {keys}, {_quoted(*_COUNTS)}) SELECT {_POSTGRESQL_ID}, {keys}, {zeros} FROM (SELECT DISTINCT {keys} FROM came ORDER BY {keys}) k ON CONFLICT ({keys}) DO NOTHING;"
    body = f"UPDATE triage_worth w SET {moved} FROM (SELECT {keys}, {sums} FROM ({counted}) c GROUP BY {keys} ORDER BY {keys}) m WHERE {same};"
    first = there if deed != "DELETE" else ""
    seen = " ".join(tables[side] for side, _sign in sides[deed])
    return f"""
        CREATE OR REPLACE FUNCTION {name}() RETURNS trigger AS $$
        BEGIN
          {first}
          {body}
          RETURN NULL;
        END $$ LANGUAGE plpgsql;
        CREATE OR REPLACE TRIGGER {name} AFTER {deed} ON triage_advice
          REFERENCING {seen} FOR EACH STATEMENT EXECUTE FUNCTION {name}()"""


_DEEDS = ("INSERT", "UPDATE", "DELETE")
SQLITE = {f"triage_advice_counted_{deed.lower()}": _sqlite(deed) for deed in _DEEDS}
POSTGRESQL = {f"triage_advice_counted_{deed.lower()}": _postgresql(deed) for deed in _DEEDS}
