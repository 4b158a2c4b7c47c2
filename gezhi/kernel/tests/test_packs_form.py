"""Every shipped pack has the form `packs/README.md` promises."""

import re

import pytest

from gezhi.kernel.tests.packs import HOME, NAMES, dictionaries, head, table

VERIFIABLE = {"limit", "basis", "code", "name", "value"}
PACKS = pytest.mark.parametrize("pack", NAMES)


def test_the_packs_of_an_installation_are_all_there():
    assert set(NAMES) >= {
        "answers",
        "calendar",
        "dictionaries",
        "limits",
        "matters",
        "request_kinds",
    }


@PACKS
def test_a_pack_says_what_it_is_and_where_it_comes_from(pack):
    said = head(pack)
    assert said["name"] == pack
    assert re.fullmatch(r"20\d\d\.(0[1-9]|1[0-2])", said["version"])
    assert 0 < len(said["title"]) <= 100
    assert 0 < len(said["source"]) <= 300
    assert said["license"]
    assert said["notes"].strip()


@PACKS
def test_every_table_is_listed_once_and_every_listed_table_is_there(pack):
    files = [entry["file"] for entry in head(pack)["tables"]]
    assert sorted(files) == sorted(path.name for path in (HOME / pack).glob("*.csv"))
    names = [entry["dictionary"] for entry in head(pack)["tables"]]
    assert len(set(names)) == len(names)
    assert all(entry["title"] for entry in head(pack)["tables"])


def test_no_dictionary_stands_in_two_packs():
    named = [entry["dictionary"] for pack in NAMES for entry in head(pack)["tables"]]
    assert len(set(named)) == len(named)


@PACKS
def test_rows_are_whole_and_codes_unique(pack):
    for rows in dictionaries(pack).values():
        assert rows
        assert all(None not in row and None not in row.values() for row in rows)
        assert all(value == value.strip() for row in rows for value in row.values())
        codes = [row["code"] for row in rows]
        assert len(set(codes)) == len(codes)
        assert all(re.fullmatch(r"[0-9A-Za-z][0-9A-Za-z_.:-]{0,39}", code) for code in codes)
        assert all(0 < len(row["name"]) <= 100 for row in rows)
        assert all(len(row.get("name_en", "")) <= 150 for row in rows)


@PACKS
def test_every_parent_exists_and_stands_before_its_children(pack):
    for entry in head(pack)["tables"]:
        rows = table(pack, entry["file"])
        if "parents" in entry:
            above = {row["code"] for row in dictionaries(pack)[entry["parents"]]}
            assert {row["parent"] for row in rows} <= above
            continue
        seen: set[str] = set()
        for row in rows:
            assert row.get("parent", "") in seen | {""}
            seen.add(row["code"])


@PACKS
def test_what_must_be_verified_is_named_in_known_words(pack):
    for rows in dictionaries(pack).values():
        for row in rows:
            assert set(row.get("verify", "").split()) <= VERIFIABLE


@PACKS
def test_files_are_plain_utf8_with_unix_lines(pack):
    for path in (HOME / pack).iterdir():
        content = path.read_bytes()
        assert b"\r" not in content
        assert not content.startswith(b"\xef\xbb\xbf")
        assert content.endswith(b"\n")
