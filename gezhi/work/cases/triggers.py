"""SQL that makes sinking impossible whoever writes: registered with `audit.triggers`.

Django loses SQLite triggers when it rebuilds a table, so they are installed after every migration
and their presence is a system check.
"""

# Nothing is sent to a closed unit, and a unit cannot close while it holds.
SQLITE: dict[str, str] = {
    "cases_case_holder_open_insert": """
        CREATE TRIGGER cases_case_holder_open_insert BEFORE INSERT ON cases_case
        WHEN NEW.holder_id IS NOT NULL
         AND NOT EXISTS (SELECT 1 FROM units_unit u WHERE u.id = NEW.holder_id AND u.closed_at IS NULL)
        BEGIN SELECT RAISE(ABORT, 'case_holder_is_closed'); END""",
    "cases_case_holder_open_update": """
        CREATE TRIGGER cases_case_holder_open_update BEFORE UPDATE OF holder_id ON cases_case
        WHEN NEW.holder_id IS NOT NULL AND NEW.holder_id IS NOT OLD.holder_id
         AND NOT EXISTS (SELECT 1 FROM units_unit u WHERE u.id = NEW.holder_id AND u.closed_at IS NULL)
        BEGIN SELECT RAISE(ABORT, 'case_holder_is_closed'); END""",
    "cases_assignment_unit_open": """
        CREATE TRIGGER cases_assignment_unit_open BEFORE INSERT ON cases_assignment
        WHEN NEW.ended_at IS NULL
         AND NOT EXISTS (SELECT 1 FROM units_unit u WHERE u.id = NEW.unit_id AND u.closed_at IS NULL)
        BEGIN SELECT RAISE(ABORT, 'assignment_unit_is_closed'); END""",
    "cases_assignment_unit_open_update": """
        CREATE TRIGGER cases_assignment_unit_open_update
        BEFORE UPDATE OF unit_id, ended_at ON cases_assignment
        WHEN NEW.ended_at IS NULL
         AND (NEW.unit_id IS NOT OLD.unit_id OR OLD.ended_at IS NOT NULL)
         AND NOT EXISTS (SELECT 1 FROM units_unit u WHERE u.id = NEW.unit_id AND u.closed_at IS NULL)
        BEGIN SELECT RAISE(ABORT, 'assignment_unit_is_closed'); END""",
    "units_unit_holds_nothing": """
        CREATE TRIGGER units_unit_holds_nothing BEFORE UPDATE OF closed_at ON units_unit
        WHEN NEW.closed_at IS NOT NULL AND OLD.closed_at IS NULL
         AND (EXISTS (SELECT 1 FROM cases_case c WHERE c.holder_id = NEW.id AND c.ended_at IS NULL)
           OR EXISTS (SELECT 1 FROM cases_assignment a WHERE a.unit_id = NEW.id AND a.ended_at IS NULL))
        BEGIN SELECT RAISE(ABORT, 'unit_still_holds_cases'); END""",
    "units_unit_is_never_deleted": """
        CREATE TRIGGER units_unit_is_never_deleted BEFORE DELETE ON units_unit
        BEGIN SELECT RAISE(ABORT, 'unit_is_never_deleted'); END""",
    # OR REPLACE deletes the row in the way without asking the trigger above.
    "units_unit_is_never_replaced": """
        CREATE TRIGGER units_unit_is_never_replaced BEFORE INSERT ON units_unit
        WHEN EXISTS (SELECT 1 FROM units_unit u WHERE u.id = NEW.id OR (NEW.closed_at IS NULL
          AND u.closed_at IS NULL AND u.district_id = NEW.district_id AND u.name = NEW.name))
        BEGIN SELECT RAISE(ABORT, 'unit_is_never_replaced'); END""",
    "units_unit_never_replaces": """
        CREATE TRIGGER units_unit_never_replaces
        BEFORE UPDATE OF id, district_id, name, closed_at ON units_unit
        WHEN NEW.id <> OLD.id OR EXISTS (SELECT 1 FROM units_unit u WHERE u.id <> OLD.id
          AND NEW.closed_at IS NULL AND u.closed_at IS NULL
          AND u.district_id = NEW.district_id AND u.name = NEW.name)
        BEGIN SELECT RAISE(ABORT, 'unit_is_never_replaced'); END""",
}


def _moments(table: str, *columns: str) -> dict[str, str]:
    """SQLite keeps any text as a moment; what a CHECK compares must be one."""
    bad = " OR ".join(
        f"(NEW.{name} IS NOT NULL AND datetime(NEW.{name}) IS NULL)" for name in columns
    )
    return {
        f"{table}_moments_{deed.lower()}": f"""
        CREATE TRIGGER {table}_moments_{deed.lower()} BEFORE {deed} ON {table}
        WHEN {bad}
        BEGIN SELECT RAISE(ABORT, 'this_is_no_moment'); END"""
        for deed in ("INSERT", "UPDATE")
    }


# The index of words on SQLite (migration 0014) follows the rows of ended cases; what left a row is
# taken out of it by the words that stood there, since the index keeps no text of its own.
_ENTER = "INSERT INTO cases_searchindex(rowid, line) SELECT NEW.case_id, NEW.line WHERE NEW.ended;"
_LEAVE = (
    "INSERT INTO cases_searchindex(cases_searchindex, rowid, line)"
    " SELECT 'delete', OLD.case_id, OLD.line WHERE OLD.ended;"
)
SQLITE |= {
    f"cases_casesearch_index_{deed.lower()}": (
        f"CREATE TRIGGER cases_casesearch_index_{deed.lower()} AFTER {deed} ON cases_casesearch"
        f" BEGIN {steps} END"
    )
    for deed, steps in (
        ("INSERT", _ENTER), ("UPDATE", f"{_LEAVE} {_ENTER}"), ("DELETE", _LEAVE),
    )
}  # fmt: skip

SQLITE |= _moments("cases_case", "due_at", "ended_at")
SQLITE |= _moments("cases_assignment", "due_at")
SQLITE |= _moments("cases_stagerow", "due_at")
SQLITE |= _moments("cases_verification", "due_at")

# FOR SHARE waits for a unit that is closing at this moment, and makes its closing wait for us.
POSTGRESQL: dict[str, str] = {
    "cases_case_holder_open": """
        CREATE OR REPLACE FUNCTION cases_case_holder_open() RETURNS trigger AS $$
        BEGIN
          IF NEW.holder_id IS NOT NULL
             AND (TG_OP = 'INSERT' OR NEW.holder_id IS DISTINCT FROM OLD.holder_id) THEN
            PERFORM 1 FROM units_unit u
              WHERE u.id = NEW.holder_id AND u.closed_at IS NULL FOR SHARE;
            IF NOT FOUND THEN
              RAISE EXCEPTION 'case_holder_is_closed' USING ERRCODE = 'check_violation';
            END IF;
          END IF;
          RETURN NEW;
        END $$ LANGUAGE plpgsql;
        CREATE OR REPLACE TRIGGER cases_case_holder_open BEFORE INSERT OR UPDATE OF holder_id
          ON cases_case FOR EACH ROW EXECUTE FUNCTION cases_case_holder_open()""",
    "cases_assignment_unit_open": """
        CREATE OR REPLACE FUNCTION cases_assignment_unit_open() RETURNS trigger AS $$
        BEGIN
          IF NEW.ended_at IS NULL AND (TG_OP = 'INSERT' OR OLD.ended_at IS NOT NULL
             OR NEW.unit_id IS DISTINCT FROM OLD.unit_id) THEN
            PERFORM 1 FROM units_unit u
              WHERE u.id = NEW.unit_id AND u.closed_at IS NULL FOR SHARE;
            IF NOT FOUND THEN
              RAISE EXCEPTION 'assignment_unit_is_closed' USING ERRCODE = 'check_violation';
            END IF;
          END IF;
          RETURN NEW;
        END $$ LANGUAGE plpgsql;
        CREATE OR REPLACE TRIGGER cases_assignment_unit_open
          BEFORE INSERT OR UPDATE OF unit_id, ended_at
          ON cases_assignment FOR EACH ROW EXECUTE FUNCTION cases_assignment_unit_open()""",
    "units_unit_holds_nothing": """
        CREATE OR REPLACE FUNCTION units_unit_holds_nothing() RETURNS trigger AS $$
        BEGIN
          IF TG_OP = 'DELETE' THEN
            RAISE EXCEPTION 'unit_is_never_deleted' USING ERRCODE = 'check_violation';
          END IF;
          IF NEW.closed_at IS NOT NULL AND OLD.closed_at IS NULL AND (
             EXISTS (SELECT 1 FROM cases_case c WHERE c.holder_id = NEW.id AND c.ended_at IS NULL)
          OR EXISTS (SELECT 1 FROM cases_assignment a
                     WHERE a.unit_id = NEW.id AND a.ended_at IS NULL)) THEN
            RAISE EXCEPTION 'unit_still_holds_cases' USING ERRCODE = 'check_violation';
          END IF;
          RETURN NEW;
        END $$ LANGUAGE plpgsql;
        CREATE OR REPLACE TRIGGER units_unit_holds_nothing BEFORE UPDATE OR DELETE
          ON units_unit FOR EACH ROW EXECUTE FUNCTION units_unit_holds_nothing()""",
}
