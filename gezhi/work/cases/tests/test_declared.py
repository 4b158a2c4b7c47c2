"""A deed is declared once, in the file of its name, and everything about it is read from there."""

import ast
import keyword
from pathlib import Path

import pytest

from gezhi.work import cases
from gezhi.work.cases import actions
from gezhi.work.cases.declared import DECLARED, declare
from gezhi.work.cases.queries import possible_deeds
from gezhi.work.cases.rules import TABLE, Deed
from gezhi.work.cases.tests.playing import Play
from gezhi.work.deeds import rules as engine_rules

HERE = Path(cases.__path__[0])


def _file(deed: Deed) -> Path:
    name = f"{deed}_" if keyword.iskeyword(deed) else str(deed)
    return HERE / "deeds" / f"{name}.py"


def _imported(path: Path) -> set[str]:
    """What a file imports when it runs: not what it names for types alone."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.module or "" for node in tree.body if isinstance(node, ast.ImportFrom)}


@pytest.mark.parametrize("deed", list(Deed))
def test_every_deed_declares_itself_in_the_file_of_its_name(deed: Deed) -> None:
    source = ast.parse(_file(deed).read_text(encoding="utf-8"))
    declared = [
        ast.unparse(node.args[0])
        for node in ast.walk(source)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "Declared"
    ]
    assert declared == [f"Deed.{deed.name}"]


def test_no_file_is_there_without_a_deed() -> None:
    files = {path.name for path in (HERE / "deeds").glob("*.py")} - {"__init__.py"}
    assert files == {_file(deed).name for deed in Deed}


def test_every_deed_is_collected_once_with_its_rule() -> None:
    assert set(DECLARED) == set(TABLE) == set(Deed)
    assert all(TABLE[deed] is declared.rule for deed, declared in DECLARED.items())
    with pytest.raises(ValueError, match="twice"):
        declare(DECLARED[Deed.CLOSE])


def test_buttons_have_places_of_their_own() -> None:
    places = [one.place for one in DECLARED.values() if one.place]
    assert len(places) == len(set(places))


def test_a_deed_that_tells_somebody_is_announced() -> None:
    for one in DECLARED.values():
        told = one.tells.unit or one.tells.grid or one.tells.reporters
        assert one.announced or not told, one.deed


def test_what_speaks_against_a_deed_is_asked_for_its_button_as_well(play: Play) -> None:
    play.until("checking")
    supervisor = play.cast.supervisor.viewer
    assert Deed.CLOSE not in possible_deeds(supervisor, play.case)
    play.check()
    assert Deed.CLOSE in possible_deeds(supervisor, play.case)


def test_rules_and_declarations_are_pure() -> None:
    impure = ("django.db", "gezhi.ground", "gezhi.records", "gezhi.kernel.clock")
    for path in (HERE / "rules.py", HERE / "declared.py", Path(engine_rules.__file__)):
        found = {name for name in _imported(path) if name.startswith(impure) or "models" in name}
        assert not found, f"{path.name}: {found}"


def test_the_verbs_of_all_deeds_are_listed_where_callers_look() -> None:
    names = {"return": "return_to_centre", "pass": "pass_on_the_spot"}
    assert all(hasattr(actions, names.get(deed, deed)) for deed in Deed)
