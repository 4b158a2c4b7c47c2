"""The English of what strangers read: extract marked strings, check, compile. No GNU gettext.

    python tools/messages.py check      what lacks its English, or has it for nothing; status 1
    python tools/messages.py extract    add empty entries for what lacks one, drop what nobody says
    python tools/messages.py compile    write the .mo files the server reads

Chinese is the source language and complete by itself. English is kept for the resident's face, the
open interface, log-in and errors: the sources below. Everything else is for staff, in Chinese.
"""

import argparse
import ast
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import polib
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "gezhi"
CATALOG = PACKAGE / "locale" / "en" / "LC_MESSAGES" / "django.po"

# Where strangers' words stand: folders whole, files of lower storeys whose refusals reach them.
SOURCES = (
    "faces/resident",
    "faces/openapi",
    "faces/shell/login",
    "faces/shell/certificate",
    "faces/shell/encryption.py",
    "faces/shell/errors.py",
    "faces/shell/forms.py",
    "faces/shell/marks.py",
    "faces/shell/moments.py",
    "faces/shell/preferences.py",
    "faces/shell/tries.py",
    "faces/shell/writes.py",
    "faces/shell/unread.py",
    "faces/shell/uploads.py",
    "faces/shell/templatetags",
    "faces/shell/templates",
    "ground/accounts/actions.py",
    "ground/accounts/published.py",
    "ground/accounts/rules.py",
    "ground/files/actions.py",
    "ground/files/encoding.py",
    "ground/files/queries.py",
    "ground/notices/reporter_sentences.py",
    "work/cases/deeds/inquire.py",
    "work/invitations/actions.py",
    "work/invitations/queries.py",
    "kernel/rights.py",
    "kernel/words.py",
    "records/places/queries",
    "records/units/queries.py",
    "work/deeds",
    "work/cases/doing.py",
    "work/cases/intake",
    "work/cases/deeds/add_word.py",
    "work/cases/deeds/join.py",
    "work/cases/deeds/rate.py",
    "work/cases/deeds/reopen.py",
    "work/cases/deeds/report.py",
    "work/cases/deeds/urge.py",
    "work/cases/queries/track.py",
)
# Pages and parts only staff see.
STAFF_ONLY = (
    "faces/shell/templates/shell/gallery",
    "faces/shell/templates/shell/desk.html",
    "faces/shell/templates/shell/desk_split.html",
    "faces/shell/templates/shell/pocket.html",
    "faces/shell/templates/shell/parts/keys_help.html",
)
# What a deed says of itself (`work/cases/declared.py`): its sentence is the reporter's wherever it
# stands, its other words are for staff.
DECLARING = "work/cases/deeds"
_FOR_REPORTERS, _FOR_STAFF = "to_reporter", {"word", "to_worker"}
# Said through a variable, so no search finds them in the code.
BY_VARIABLE = "said through a variable"

_PLAIN = {"gettext", "gettext_lazy", "gettext_noop"}
_COUNTED = {"ngettext", "ngettext_lazy"}
_TEXT = r"""u?("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
_IN_TEMPLATE = re.compile(rf"(?<!\w)(?:gettext|_)\(\s*{_TEXT}\s*\)")
_COUNTED_IN_TEMPLATE = re.compile(rf"(?<!\w)ngettext\(\s*{_TEXT}\s*,\s*{_TEXT}")
_HOLE = re.compile(r"%\((\w+)\)[sd]")


@dataclass
class Marked:
    """One marked string with where it stands; `plural` is "" where nothing is counted."""

    text: str
    plural: str = ""
    places: list[str] = field(default_factory=list)


def marked() -> dict[str, Marked]:
    """Every marked string of the sources, by its Chinese."""
    found: dict[str, Marked] = {}
    for path in _files():
        read = _of_template if path.suffix == ".html" else _of_python
        for text, plural in read(path.read_text(encoding="utf-8")):
            _note(found, text, plural, path)
    for path in sorted((PACKAGE / DECLARING).glob("*.py")):
        for text in _sentences(path.read_text(encoding="utf-8")):
            _note(found, text, "", path)
    return found


def _note(found: dict[str, Marked], text: str, plural: str, path: Path) -> None:
    one = found.setdefault(text, Marked(text, plural))
    one.plural = one.plural or plural
    one.places.append(path.relative_to(ROOT).as_posix())


def _sentences(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.keyword) and node.arg == _FOR_REPORTERS:
            for part in ast.walk(node.value):
                if isinstance(part, ast.Constant) and isinstance(part.value, str) and part.value:
                    yield part.value


def _files() -> Iterator[Path]:
    for source in SOURCES:
        path = PACKAGE / source
        paths = [path] if path.is_file() else sorted(path.rglob("*"))
        for one in paths:
            name = one.relative_to(PACKAGE).as_posix()
            if one.suffix in {".py", ".html"} and "/tests/" not in name and not _is_for_staff(name):
                yield one


def _is_for_staff(name: str) -> bool:
    return any(name == one or name.startswith(f"{one}/") for one in STAFF_ONLY)


def _of_python(source: str) -> Iterator[tuple[str, str]]:
    tree = ast.parse(source)
    known: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            known |= {alias.asname or alias.name: alias.name for alias in node.names}
    staffs = {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.keyword) and node.arg in _FOR_STAFF
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or node in staffs:
            continue
        kind = known.get(node.func.id, "")
        texts = [
            argument.value
            for argument in node.args
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
        ]
        if kind in _PLAIN and texts:
            yield texts[0], ""
        elif kind in _COUNTED and len(texts) >= 2:
            yield texts[0], texts[1]


def _of_template(source: str) -> Iterator[tuple[str, str]]:
    code = templatize(source)
    for match in _IN_TEMPLATE.finditer(code):
        yield ast.literal_eval(match[1]), ""
    for match in _COUNTED_IN_TEMPLATE.finditer(code):
        yield ast.literal_eval(match[1]), ast.literal_eval(match[2])


def faults(found: dict[str, Marked], catalog: Iterable[polib.POEntry]) -> list[str]:
    """What is wrong with the catalog, one sentence each; empty when nothing is."""
    entries = {entry.msgid: entry for entry in catalog if not entry.obsolete}
    wrong = []
    for text, one in sorted(found.items()):
        entry = entries.get(text)
        if entry is None:
            wrong.append(f"no entry: {text!r} ({one.places[0]})")
            continue
        said = list(entry.msgstr_plural.values()) if one.plural else [entry.msgstr]
        if not said or not all(said):
            wrong.append(f"no English: {text!r} ({one.places[0]})")
        wrong += [
            f"other holes in the English of {text!r}"
            for words in said
            if words and set(_HOLE.findall(words)) != set(_HOLE.findall(text))
        ]
    wrong += [
        f"nobody says {text!r}"
        for text, entry in entries.items()
        if text not in found and entry.tcomment != BY_VARIABLE
    ]
    return wrong


def extract(found: dict[str, Marked]) -> None:
    """Add empty entries for new strings, drop entries nobody says, keep the rest; sorted."""
    old = {entry.msgid: entry for entry in catalog()}
    fresh = polib.POFile(wrapwidth=100)
    fresh.metadata = {
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": "en",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    kept = {text for text, entry in old.items() if entry.tcomment == BY_VARIABLE}
    for text in sorted({*found, *kept}):
        entry = old.get(text) or polib.POEntry(msgid=text)
        plural = found[text].plural if text in found else ""
        if plural and not entry.msgid_plural:
            entry.msgid_plural = plural
            entry.msgstr_plural = {0: entry.msgstr, 1: ""}
            entry.msgstr = ""
        fresh.append(entry)
    CATALOG.parent.mkdir(parents=True, exist_ok=True)
    fresh.save(str(CATALOG))


def catalog() -> polib.POFile:
    """The committed catalog; empty when there is none."""
    return polib.pofile(str(CATALOG)) if CATALOG.exists() else polib.POFile()


def compile_to(folder: Path) -> Path:
    """Write the .mo of the catalog below a locale folder and answer its path."""
    path = folder / "en" / "LC_MESSAGES" / "django.mo"
    path.parent.mkdir(parents=True, exist_ok=True)
    catalog().save_as_mofile(str(path))
    return path


def main(arguments: list[str]) -> int:
    """Run one command; 1 when `check` found something."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("command", choices=["check", "extract", "compile"])
    command = parser.parse_args(arguments).command
    if command == "compile":
        compile_to(PACKAGE / "locale")
        return 0
    found = marked()
    if command == "extract":
        extract(found)
    wrong = faults(found, catalog())
    for line in wrong:
        print(line)
    return 1 if wrong and command == "check" else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
