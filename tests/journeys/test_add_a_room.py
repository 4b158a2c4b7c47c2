"""加一个房间 (docs/developer/recipes.md) played through: its files in a temporary folder, its lines in
place, its page opened. Nothing of it comes into the tree."""

import ast
import importlib
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from django.apps import AppConfig, apps
from django.template.utils import get_app_template_dirs
from django.urls import include, path
from pytest_django import Settings

from gezhi.config import urls as all_urls
from gezhi.faces import desk
from gezhi.faces.desk import registry
from gezhi.faces.desk import urls as desk_urls
from gezhi.faces.desk.conftest import Desk, text_of
from gezhi.faces.shell import menu
from tests.access.routes import routes
from tests.habits.source import ROOT

_FOLDER = "gezhi/faces/desk/"
_FILE = re.compile(r"^`(gezhi/[^`]+)`(?: 是空的|：)[^\n]*\n(?:```\w+\n(.*?)^```)?", re.M | re.S)
_LINE = re.compile(r"^`([^`]+)` 的[^\n]*\n```text\n(.*?)^```", re.M | re.S)


def _recipe() -> str:
    text = (ROOT / "docs/developer/recipes.md").read_text(encoding="utf-8")
    return text.split("## 加一个房间\n")[1].split("\n## ")[0]


def _files() -> dict[str, str]:
    return dict(_FILE.findall(_recipe()))


def _lines() -> dict[str, str]:
    return {name: line.strip() for name, line in _LINE.findall(_recipe())}


@pytest.fixture
def desk_of(client_of):
    """`desk_of(person)`: the desk as this person has it open."""
    return lambda person: Desk(client_of(person))


@pytest.fixture
def room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> Iterator[dict[str, ModuleType]]:
    """The room of the recipe beside those of the desk; its tests by file."""
    for name, text in _files().items():
        place = tmp_path / name.removeprefix(_FOLDER)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    monkeypatch.setattr(desk, "__path__", [*desk.__path__, str(tmp_path)])
    monkeypatch.setattr(registry, "_rooms", dict(registry._rooms))
    monkeypatch.setattr(menu, "_entries", dict(menu._entries))
    before = set(sys.modules)

    app_name = ast.literal_eval(_lines()["gezhi/config/settings.py"].rstrip(","))
    config = AppConfig.create(app_name)
    monkeypatch.setitem(apps.app_configs, config.label, config)
    _forget_templates()
    config.ready()

    added = eval(  # noqa: S307 - the line the recipe shows
        f"[{_lines()['gezhi/faces/desk/urls.py']}]", {"path": path, "include": include}
    )
    monkeypatch.setattr(desk_urls, "urlpatterns", [*desk_urls.urlpatterns, *added])
    whole = ModuleType("urls_with_the_room")
    vars(whole).update({k: v for k, v in vars(all_urls).items() if not k.startswith("__")})
    vars(whole)["urlpatterns"] = [
        path("desk/", include("gezhi.faces.desk.urls")),
        # Not the desk's own once more: it remembers its addresses beyond this test.
        *(one for one in all_urls.urlpatterns if str(one.pattern) != "desk/"),
    ]
    monkeypatch.setitem(sys.modules, whole.__name__, whole)
    settings.ROOT_URLCONF = whole.__name__
    yield {
        name: importlib.import_module(name.removesuffix(".py").replace("/", "."))
        for name in _files()
        if Path(name).name.startswith("test_")
    }
    for name in set(sys.modules) - before:
        if name.startswith(app_name):
            del sys.modules[name]
    _forget_templates()


def _forget_templates() -> None:
    """Folders of templates are remembered once; the room's comes and goes."""
    get_app_template_dirs.cache_clear()  # type: ignore[attr-defined] # cached by Django


def test_the_recipe_names_every_file_of_a_room():
    named = {Path(name).name for name in _files()}
    assert {"__init__.py", "apps.py", "room.py", "urls.py"} <= named
    assert any("/templates/desk/" in name for name in _files())
    assert any("/tests/test_" in name for name in _files())
    assert set(_lines()) == {"gezhi/config/settings.py", "gezhi/faces/desk/urls.py"}


def test_the_room_passes_its_own_tests(cast, desk_of, room):
    played = 0
    for module in room.values():
        for name, test in vars(module).items():
            if name.startswith("test_"):
                test(cast, desk_of)
                played += 1
    assert played >= 2


def test_rail_and_first_page_show_it_to_whom_it_is_for(cast, desk_of, room):
    page = text_of(desk_of(cast.handler).get(""))
    assert 'href="/desk/office/"' in page.split('class="rail"')[1].split("</nav>")[0]
    assert f'<p class="own-office">{cast.street.sanitation.name}</p>' in page
    assert "office" not in text_of(desk_of(cast.acceptor).get(""))


def test_what_is_measured_of_its_addresses_is_written_beside_it(room):
    assert {one.room for one in routes() if one.pattern == "desk/office/"} == {f"{_FOLDER}office"}


def test_without_its_line_nobody_has_the_room(cast, desk_of):
    assert desk_of(cast.handler).get("office/").status_code == 404
    assert "office" not in text_of(desk_of(cast.handler).get(""))


def test_every_room_of_the_desk_stands_in_its_contract_and_says_what_it_adds():
    folders = {place.parent.name for place in (ROOT / _FOLDER).glob("*/apps.py")}
    assert folders == {room.name for room in registry.rooms()}
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    inside = next(
        one
        for one in contracts["tool"]["importlinter"]["contracts"]
        if one["name"] == "inside the desk"
    )
    assert folders <= set(re.findall(r"\w+", " ".join(inside["layers"])))


def test_the_search_finds_by_number_and_by_words_what_a_room_says(cast, desk_of, room):
    registry.register(
        registry.Room(
            name="office",
            numbered=lambda viewer, number: "/desk/office/" if number == "4021" else "",
            found=lambda viewer, words: [
                registry.Section("单位", [words], "desk/office/_name.html", "/desk/sheet/")
            ],
        )
    )
    desk = desk_of(cast.handler)
    assert desk.get("search/", q="4021").headers["Location"] == "/desk/office/"
    page = text_of(desk.get("search/", q="环卫"))
    assert "<h2>单位</h2>" in page and 'class="own-office"' in page
    assert 'href="/desk/sheet/"' in page
