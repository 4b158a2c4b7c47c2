"""What the papers show to type, to open and to look at works: options, links, pictures."""

import re
import shlex
import tomllib
from pathlib import Path

import pytest
from django.core.management import load_command_class

from tests.habits.source import ROOT, files, text

_BLOCK = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
_INLINE = re.compile(r"`((?:\.venv/bin/)?gezhi [^`\n]+|make [^`\n]+)`")
_PICTURE = re.compile(r"!\[[^\]]*\]\(([^)#\s]+)\)")
_OWN = "gezhi.faces.terminal"
_MOST_BYTES = 4_000_000


def _papers() -> list[str]:
    return [
        path
        for path in files()
        if path.endswith(".md")
        and (path.startswith(("docs/", "README")) or path in {"ARCHITECTURE.md", "packs/README.md"})
    ]


def _typed() -> list[tuple[str, list[str]]]:
    """Every line a reader is shown to type, without its comment, variables and prompt."""
    found = []
    for paper in _papers():
        body = text(paper)
        lines = [line for block in _BLOCK.findall(body) for line in block.splitlines()]
        for line in [*lines, *_INLINE.findall(body)]:
            if "|" in line:
                # `gezhi pack list|diff|import`: one command a choice.
                head, _, choices = line.rpartition(" ")
                variants = [f"{head} {choice}" for choice in choices.split("|")]
            else:
                variants = [line]
            for variant in variants:
                words = shlex.split(variant, comments=True)
                while words and re.match(r"[A-Z_]+=", words[0]):
                    words.pop(0)
                if words:
                    found.append((paper, words))
    return found


def _own_commands() -> set[str]:
    folder = ROOT / "gezhi/faces/terminal/management/commands"
    return {path.stem for path in folder.glob("*.py") if path.stem != "__init__"}


def _option_of(words: list[str]) -> list[str]:
    return [word.partition("=")[0] for word in words if word.startswith("--")]


def test_papers_show_commands_at_all() -> None:
    shown = {words[0].rpartition("/")[2] for _paper, words in _typed()}
    assert {"gezhi", "make"} <= shown


def test_every_option_of_a_command_shown_is_real() -> None:
    known = _own_commands()
    lost = []
    for paper, words in _typed():
        if words[0].rpartition("/")[2] != "gezhi" or len(words) < 2 or words[1] not in known:
            continue
        helped = _help_of(words[1], words[2:3])
        lost += [
            f"{paper}: {' '.join(words)}"
            for option in _option_of(words[2:])
            if option not in helped
        ]
    assert not lost, f"文档里写了命令没有的选项：{lost}"


def _help_of(name: str, first: list[str]) -> str:
    """What the command says about itself; of its subcommand too, when it has one of this name."""
    parser = load_command_class(_OWN, name).create_parser("gezhi", name)
    words = parser.format_help()
    for action in parser._actions:
        inner = getattr(action, "choices", None)
        if isinstance(inner, dict) and first and first[0] in inner:
            words += inner[first[0]].format_help()
    return words


def test_every_subcommand_shown_is_real() -> None:
    lost = []
    for paper, words in _typed():
        if words[0].rpartition("/")[2] != "gezhi" or len(words) < 3 or words[2].startswith("-"):
            continue
        if words[1] not in {"pack", "audit"}:
            continue
        if not re.search(rf"\b{re.escape(words[2])}\b", _help_of(words[1], [])):
            lost.append(f"{paper}: {' '.join(words)}")
    assert not lost, f"文档里写了没有的子命令：{lost}"


def test_a_pack_shown_to_be_imported_exists() -> None:
    lost = [
        f"{paper}: {' '.join(words)}"
        for paper, words in _typed()
        if words[0].rpartition("/")[2] == "gezhi" and words[1:2] == ["pack"]
        for folder in words[3:4]
        if folder.isascii()
        and not folder.startswith("-")
        and not ((ROOT / folder).is_dir() or (ROOT / "packs" / folder).is_dir())
    ]
    assert not lost, f"文档里写了不存在的标准包：{lost}"


@pytest.mark.parametrize("word", ["pytest", "tests.access.record"])
def test_a_path_shown_to_be_run_exists(word: str) -> None:
    for paper, words in _typed():
        if word not in words:
            continue
        for path in words[words.index(word) + 1 :]:
            if "/" in path:
                assert (ROOT / path).exists(), f"{paper}: {path}"
    if "." in word:
        assert (ROOT / f"{word.replace('.', '/')}.py").is_file()


def test_every_picture_shown_is_there_and_every_picture_has_its_entry() -> None:
    lost = [
        f"{paper}: {target}"
        for paper in _papers()
        for target in _PICTURE.findall(text(paper))
        if not (ROOT / Path(paper).parent / target).resolve().is_file()
    ]
    assert not lost, f"文档里的图不存在：{lost}"
    listed = [
        f"docs/screens/{screen['name']}-{viewport.split('x')[0]}.png"
        for screen in tomllib.loads(text("docs/screens.toml"))["screen"]
        for viewport in screen.get("viewports", ["1440x900", "360x780"])
    ]
    assert len(listed) == len(set(listed)), "docs/screens.toml 里有两项同名"
    there = {path for path in files() if path.startswith("docs/screens/")}
    assert there == set(listed), (
        f"截图和 docs/screens.toml 不一致，请 make screens：{there ^ set(listed)}"
    )


def test_the_pictures_together_stay_small() -> None:
    there = [ROOT / path for path in files() if path.startswith("docs/screens/")]
    assert sum(path.stat().st_size for path in there) < _MOST_BYTES


_ROOM = re.compile(
    r"(gezhi/(?:ground|records|work|methods|faces)/[a-z]+|gezhi/faces/(?:desk|pocket|resident)/[a-z]+)/__init__\.py"
)
_NO_ROOM = {"templatetags", "tests"}


def test_every_room_has_a_paper_or_a_line_in_that_of_its_face() -> None:
    rooms = [found[1] for path in files() if (found := _ROOM.fullmatch(path))]
    assert len(rooms) > 30
    missing = [room for room in rooms if not _is_told_of(room)]
    assert not missing, f"这些房间没有 README，接口面的 README 里也没有提到：{missing}"


def _is_told_of(room: str) -> bool:
    face, _slash, name = room.rpartition("/")
    if name in _NO_ROOM or f"{room}/README.md" in files():
        return True
    return f"`{name}/`" in text(f"{face}/README.md") if f"{face}/README.md" in files() else False
