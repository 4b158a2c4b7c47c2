"""A sheet in parts is one file for a page, and says what its parts say."""

from pathlib import Path

import pytest
from django.core.files.storage import FileSystemStorage

from gezhi.faces.shell.stylesheet import JoiningStorage, joined, parts_of

SHEET = '/* All. */\n\n@import "first.css";\n@import "second.css";\n'


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """A folder of static files: a sheet in two parts, a picture one of them names."""
    folder = tmp_path / "sources" / "room"
    folder.mkdir(parents=True)
    (folder / "sheet.css").write_text(SHEET)
    (folder / "first.css").write_text('a { background: url("mark.svg"); }\n')
    (folder / "second.css").write_text("a { color: red; }\n")
    (folder / "mark.svg").write_text("<svg/>")
    return tmp_path / "sources"


def _collect(sources: Path, target: Path) -> str:
    """What the sheet is once collected, under the name a page is given for it."""
    source, storage = FileSystemStorage(sources), JoiningStorage(target, "/static/")
    names = [path.relative_to(sources).as_posix() for path in sources.rglob("*.*")]
    for name in names:
        if not storage.exists(name):
            with source.open(name) as file:
                storage.save(name, file)
    for _, _, done in storage.post_process({name: (source, name) for name in names}):
        assert not isinstance(done, Exception)
    hashed = str(JoiningStorage(target, "/static/").stored_name("room/sheet.css"))
    assert hashed != "room/sheet.css"
    return (target / hashed).read_text()


def test_the_parts_stand_in_their_order_in_the_place_of_their_lines() -> None:
    texts = {"room/sheet.css": SHEET, "room/first.css": "1\n", "room/second.css": "2\n"}
    assert joined("room/sheet.css", texts.__getitem__) == "/* All. */\n\n1\n\n2\n\n"
    assert parts_of(SHEET) == ["first.css", "second.css"]


def test_a_missing_part_is_an_error() -> None:
    with pytest.raises(KeyError):
        joined("sheet.css", {"sheet.css": SHEET}.__getitem__)


def test_what_is_collected_is_one_file_with_hashed_addresses(sources: Path, tmp_path: Path) -> None:
    sheet = _collect(sources, tmp_path / "out")
    assert "@import" not in sheet
    assert sheet.index("background") < sheet.index("color: red")
    picture = sheet.split('url("')[1].split('"')[0]
    assert picture != "mark.svg" and (tmp_path / "out/room" / picture).read_text() == "<svg/>"


def test_a_changed_part_makes_another_sheet(sources: Path, tmp_path: Path) -> None:
    first = _collect(sources, tmp_path / "out")
    (sources / "room/second.css").write_text("a { color: blue; }\n")
    second = _collect(sources, tmp_path / "out")
    assert "blue" in second and "red" not in second and "red" in first
