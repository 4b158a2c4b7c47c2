"""Importing packs: whole or not at all, versions kept, the same again changes nothing."""

import pytest

from gezhi.ground.audit.models import Entry
from gezhi.ground.codes import queries, signals
from gezhi.ground.codes.actions import diff_pack, import_pack
from gezhi.ground.codes.models import Pack, Term
from gezhi.kernel.errors import Conflict, Invalid, NotPermitted
from gezhi.kernel.viewer import Level, Role, Seat, Viewer

pytestmark = pytest.mark.django_db
OPERATOR = Viewer.system("test")
COLORS = "code,name,name_en,light\n01,红,Red,stop\n02,绿,Green,go\n"


def test_a_pack_in_force_answers_by_code_and_in_order(write_pack):
    import_pack(write_pack("colors", colors=COLORS), by=OPERATOR)

    assert [row.code for row in queries.terms("colors")] == ["01", "02"]
    red = queries.term("colors", "01")
    assert red is not None
    assert (red.name, red.data["light"]) == ("红", "stop")
    assert queries.term("colors", "03") is None
    assert queries.terms("sounds") == ()


def test_an_older_version_stays_and_keeps_the_names_of_old_cases(write_pack):
    first = import_pack(write_pack("colors", "1", colors=COLORS), by=OPERATOR)
    second = import_pack(
        write_pack("colors", "2", colors=COLORS.replace("红", "朱红")), by=OPERATOR
    )

    now, then = queries.term("colors", "01"), queries.term("colors", "01", pack_id=first.pack_id)
    assert now is not None
    assert then is not None
    assert (now.name, then.name) == ("朱红", "红")
    in_force = queries.pack_in_force("colors")
    assert in_force is not None
    assert in_force.id == second.pack_id


def test_a_dictionary_the_old_version_lacks_is_read_from_those_in_force(write_pack):
    first = import_pack(write_pack("colors", colors=COLORS), by=OPERATOR)
    import_pack(write_pack("sounds", sounds=[{"code": "a", "name": "响"}]), by=OPERATOR)

    found = queries.term("sounds", "a", pack_id=first.pack_id)
    assert found is not None
    assert found.name == "响"


def test_the_same_content_again_changes_nothing(write_pack):
    once = import_pack(write_pack("colors", colors=COLORS), by=OPERATOR)
    entries = Entry.objects.count()
    again = import_pack(write_pack("colors", colors=COLORS), by=OPERATOR)

    assert (once.outcome, again.outcome) == ("imported", "unchanged")
    assert again.pack_id == once.pack_id
    assert Entry.objects.count() == entries
    assert Term.objects.count() == 2


def test_other_content_under_a_version_already_imported_is_refused(write_pack):
    import_pack(write_pack("colors", colors=COLORS), by=OPERATOR)
    with pytest.raises(Conflict):
        import_pack(write_pack("colors", colors=COLORS.replace("红", "朱红")), by=OPERATOR)
    red = queries.term("colors", "01")
    assert red is not None
    assert red.name == "红"


def test_an_older_folder_puts_the_older_version_in_force_again(write_pack):
    old = write_pack("colors", "1", colors=COLORS)
    import_pack(old, by=OPERATOR)
    import_pack(write_pack("colors", "2", colors=COLORS + "03,蓝,Blue,none\n"), by=OPERATOR)
    back = import_pack(old, by=OPERATOR)

    assert back.outcome == "restored"
    assert queries.term("colors", "03") is None
    assert Pack.objects.count() == 2


def test_a_code_of_another_pack_in_force_is_refused_and_nothing_stays(write_pack):
    import_pack(write_pack("colors", colors=COLORS), by=OPERATOR)
    with pytest.raises(Conflict):
        import_pack(write_pack("paints", colors=[{"code": "02", "name": "青"}]), by=OPERATOR)
    assert Pack.objects.count() == 1
    import_pack(write_pack("paints", "2", colors=[{"code": "03", "name": "青"}]), by=OPERATOR)
    assert [row.code for row in queries.terms("colors")] == ["01", "03", "02"]


def test_only_the_system_administrator_imports(write_pack):
    clerk = Viewer(user_id=1, seats=(Seat(1, 1, Role.ACCEPTOR, 1, Level.STREET),))
    with pytest.raises(NotPermitted):
        import_pack(write_pack("colors", colors=COLORS), by=clerk)
    keeper = Viewer(user_id=1, seats=(Seat(1, 1, Role.SYSTEM_ADMINISTRATOR, 1, Level.STREET),))
    assert import_pack(write_pack("colors", colors=COLORS), by=keeper).outcome == "imported"


def test_the_import_is_audited_and_told_inside_the_transaction(write_pack):
    heard = []

    def hear(sender, **news):
        heard.append((news["name"], news["version"]))

    signals.pack_imported.connect(hear)
    try:
        import_pack(write_pack("colors", colors=COLORS), by=OPERATOR)
    finally:
        signals.pack_imported.disconnect(hear)
    entry = Entry.objects.get(verb="codes.import_pack")
    assert heard == [("colors", "1")]
    assert entry.detail["rows"] == {"colors": 2}


def test_the_difference_names_every_row_and_field_and_changes_nothing(write_pack):
    import_pack(write_pack("colors", colors=COLORS), by=OPERATOR)
    fresh = "code,name,name_en,light\n01,红,Red,halt\n03,蓝,Blue,none\n"
    diff = diff_pack(write_pack("colors", "2", colors=fresh))

    told = [(change.kind, change.code, change.fields) for change in diff.changes]
    assert told == [
        ("changed", "01", ("light",)),
        ("removed", "02", ()),
        ("added", "03", ()),
    ]
    assert (diff.version_before, diff.version_after, diff.same) == ("1", "2", False)
    assert queries.term("colors", "03") is None


BROKEN = {
    "a code twice": "code,name\n01,红\n01,绿\n",
    "no name": "code,name\n01,\n",
    "no heading": "kode,name\n01,红\n",
    "a short line": "code,name,light\n01,红\n",
    "a code with blanks": "code,name\n0 1,红\n",
    "an unknown parent": "code,name,parent\n01,红,09\n",
    "a ring of parents": "code,name,parent\n01,红,02\n02,绿,01\n",
    "an over-long name": f"code,name\n01,{'红' * 101}\n",
    "an order that is no number": "code,name,order\n01,红,first\n",
}


@pytest.mark.parametrize("rows", BROKEN.values(), ids=BROKEN.keys())
def test_a_pack_that_is_not_whole_is_refused(write_pack, rows):
    with pytest.raises(Invalid):
        import_pack(write_pack("colors", colors=rows), by=OPERATOR)
    assert not Pack.objects.exists()


def test_a_file_nobody_names_or_nobody_finds_is_refused(write_pack):
    folder = write_pack("colors", colors=COLORS)
    (folder / "more.csv").write_text(COLORS)
    with pytest.raises(Invalid, match=r"more\.csv"):
        import_pack(folder, by=OPERATOR)
    (folder / "more.csv").unlink()
    (folder / "colors.csv").unlink()
    with pytest.raises(Invalid, match=r"colors\.csv"):
        import_pack(folder, by=OPERATOR)


def test_a_table_outside_the_folder_or_a_link_is_refused(write_pack, tmp_path):
    folder = write_pack("colors", colors=COLORS)
    (folder / "colors.csv").rename(tmp_path / "colors.csv")
    (folder / "colors.csv").symlink_to(tmp_path / "colors.csv")
    with pytest.raises(Invalid):
        import_pack(folder, by=OPERATOR)
    head = (folder / "pack.toml").read_text().replace("colors.csv", "../colors.csv")
    (folder / "pack.toml").write_text(head)
    with pytest.raises(Invalid):
        import_pack(folder, by=OPERATOR)


def test_a_parent_may_stand_in_the_dictionary_the_pack_names(write_pack):
    tables = {
        "years": [{"code": "2026", "name": "二〇二六"}],
        "days": [{"code": "d1", "name": "元旦", "parent": "2026"}],
    }
    import_pack(write_pack("days", "1", {"days": "years"}, **tables), by=OPERATOR)
    day = queries.term("days", "d1")
    assert day is not None
    assert day.parent_code == "2026"
    with pytest.raises(Invalid):
        import_pack(write_pack("days", "2", **tables), by=OPERATOR)
