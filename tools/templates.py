"""Lay out the templates: one tag a line, indented, long tags one attribute a line. Pages stay the same.

    python tools/templates.py format    lay out every template of the house
    python tools/templates.py check     name those that are laid out otherwise; status 1

A line is broken only where the loader (`gezhi/faces/shell/white_space.py`) takes the break out
again, and a template is written only if it closes up to what it was.
"""

import argparse
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from gezhi.faces.shell.white_space import Piece, close_up, pieces

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "gezhi"

INDENT = "  "
# What is longer is broken where it can be; what still is longer than MOST is one template tag.
WIDTH = 100
MOST = 120
# One line holds at most so many openings, of tags and of template blocks.
OPENINGS = 3

_VOID = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param",
    "source", "track", "wbr", "!doctype",
})  # fmt: skip
_OF_BLOCKS = frozenset({
    "address", "article", "aside", "body", "details", "dialog", "div", "dl", "dd", "dt",
    "fieldset", "figure", "footer", "form", "h1", "h2", "h3", "h4", "head", "header", "hr",
    "html", "li", "link", "main", "meta", "nav", "ol", "optgroup", "option", "p", "pre",
    "script", "section", "select", "summary", "table", "tbody", "td", "tfoot", "th", "thead",
    "title", "tr", "ul",
})  # fmt: skip
_BRANCHES = frozenset({"else", "elif", "empty"})
_NAME = re.compile(r"</?([A-Za-z!][^\s/>{]*)")
_WORD = re.compile(r"\{%\s*(\w+)")


@dataclass
class Node:
    """A leaf, or what stands between an opening and its close; `glued` says that a blank to be
    seen comes before it."""

    text: str
    is_block: bool = False
    is_template: bool = False
    is_branch: bool = False
    glued: bool = False
    children: list["Node"] = field(default_factory=list)
    close: "Node | None" = None


def lay_out(source: str) -> str:
    """The template laid out; it closes up to the same page."""
    nodes = _tree(list(pieces(close_up(source))))
    lines: list[str] = []
    was_long = False
    for number, part in enumerate(_parts(nodes, 0)):
        if number and (len(part) > 1 or was_long):
            lines.append("")
        lines += part
        was_long = len(part) > 1
    return "\n".join(lines) + "\n"


class _Nesting:
    """Openings that wait for their close, the outermost first."""

    def __init__(self, stream: list[Piece]) -> None:
        self.root = Node("")
        self._open = [self.root]
        self._ends = {match[1] for piece in stream if (match := _WORD.match(piece.text))}
        self._blank = False

    def take(self, piece: Piece) -> None:
        """Put one piece in its place."""
        if piece.kind == "words":
            core = piece.text.strip(" ")
            if core:
                self._add(Node(core, glued=self._blank or piece.text.startswith(" ")))
            self._blank = piece.text.endswith(" ")
            return
        node = Node(piece.text, glued=self._blank)
        self._blank = False
        if piece.kind == "tag":
            self._take_tag(node)
        elif piece.kind == "mark" and (match := _WORD.match(piece.text)):
            self._take_mark(node, match[1])
        else:
            self._add(node)

    def end(self) -> None:
        """What is still open has no close."""
        self._leave_open(1)

    def _add(self, node: Node) -> None:
        self._open[-1].children.append(node)

    def _take_tag(self, node: Node) -> None:
        name = _name(node.text)
        node.is_block = name in _OF_BLOCKS
        if node.text.startswith("</"):
            for depth in range(len(self._open) - 1, 0, -1):
                other = self._open[depth]
                if other.is_template:
                    break
                if _name(other.text) == name:
                    self._leave_open(depth + 1)
                    self._open.pop().close = node
                    return
            self._add(node)
            return
        self._add(node)
        if name not in _VOID and not node.text.endswith("/>"):
            self._open.append(node)

    def _take_mark(self, node: Node, word: str) -> None:
        node.is_branch = word in _BRANCHES
        if node.is_branch or word.startswith("end"):
            depth = max(n for n, other in enumerate(self._open) if other.is_template or not n)
            self._leave_open(depth + 1)
        if word.startswith("end"):
            self._open.pop().close = node
            return
        self._add(node)
        if f"end{word}" in self._ends:
            node.is_template = True
            self._open.append(node)

    def _leave_open(self, depth: int) -> None:
        """Openings from this depth on are leaves; what followed them stands beside them."""
        while len(self._open) > depth:
            lost = self._open.pop()
            self._open[-1].children += lost.children
            lost.children = []


def _tree(stream: list[Piece]) -> list[Node]:
    """The pieces nested. What has no close in its own template block is a leaf."""
    nesting = _Nesting(stream)
    for piece in stream:
        nesting.take(piece)
    nesting.end()
    return nesting.root.children


def _name(tag: str) -> str:
    found = _NAME.match(tag)
    return found[1].lower() if found else ""


def _flat(node: Node) -> str:
    inside = [*node.children, node.close] if node.close else node.children
    return node.text + "".join((" " if one.glued else "") + _flat(one) for one in inside)


def _all(node: Node) -> Iterator[Node]:
    for child in node.children:
        yield child
        yield from _all(child)


def _fits(node: Node, depth: int) -> bool:
    """Whether the node is read well on one line."""
    flat = _flat(node)
    if "\n" in flat or len(flat) + depth * len(INDENT) > WIDTH:
        return False
    if not node.children:
        return True
    inside = list(_all(node))
    if any(one.is_block for one in inside):
        return False
    return sum(one.close is not None for one in inside) < OPENINGS


def _parts(nodes: list[Node], depth: int) -> Iterator[list[str]]:
    """The nodes, each with its lines; what is joined by a blank is one part."""
    part: list[str] = []
    for node in nodes:
        back = 1 if node.is_branch else 0
        lines = _lines(node, depth - back)
        if part and node.glued:
            part = [*part[:-1], f"{part[-1]} {lines[0].lstrip()}", *lines[1:]]
            continue
        if part:
            yield part
        part = lines
    if part:
        yield part


def _lines(node: Node, depth: int) -> list[str]:
    indent = INDENT * depth
    if _fits(node, depth):
        return [indent + _flat(node)]
    opening = _opening(node.text, depth)
    if node.close is None:
        return opening
    inner = [line for part in _parts(node.children, depth + 1) for line in part]
    if node.children and node.children[0].glued:
        opening = [*opening[:-1], f"{opening[-1]} {inner[0].lstrip()}"]
        inner = inner[1:]
    if not node.children or any("\n" in one.text for one in node.children):
        return [*opening[:-1], opening[-1] + _flat(node).removeprefix(node.text)]
    if node.close.glued:
        last = [*opening, *inner]
        return [*last[:-1], f"{last[-1]} {node.close.text}"]
    return [*opening, *inner, indent + node.close.text]


def _opening(text: str, depth: int) -> list[str]:
    """A tag on one line, or with one attribute a line."""
    indent = INDENT * depth
    if len(indent + text) <= WIDTH or not text.startswith("<"):
        return [indent + line for line in _wrapped(text, WIDTH - len(indent))]
    name, *attributes = _attributes(text.removesuffix(">").removesuffix("/"))
    close = "/>" if text.endswith("/>") else ">"
    if not attributes:
        return [indent + text]
    listed = (line for one in attributes for line in _attribute(one, depth + 1))
    return [indent + name, *listed, indent + close]


def _wrapped(text: str, width: int) -> list[str]:
    """Words broken between Latin words; a template tag stays whole."""
    if text.startswith(("<", "{")) or len(text) <= width:
        return [text]
    lines = [""]
    for word in re.split(r"(?<=[A-Za-z0-9,.;:!?]) (?=[A-Za-z0-9])", text):
        if lines[-1] and len(lines[-1]) + len(word) >= width:
            lines.append(word)
        else:
            lines[-1] += f" {word}" if lines[-1] else word
    return lines


_IN_TAG = re.compile(
    r"""(?P<mark>\{%\s*(?P<word>\w+)[^\n]*?%\})|\{\{.*?\}\}|\{\#.*?\#\}
    |(?P<quote>["'])|(?P<blank>[ ])|.""",
    re.DOTALL | re.VERBOSE,
)


def _attributes(text: str) -> list[str]:
    """A tag's name and attributes; what stands in quotes or in one template block is one of them."""
    found, depth, quote = [""], 0, ""
    for match in _IN_TAG.finditer(text):
        word = match["word"] or ""
        begins, ends = f"{{% end{word} " in text, word.startswith("end")
        depth -= ends
        if match["quote"]:
            quote = "" if quote == match[0] else quote or match[0]
        if not depth and not quote and (match["blank"] or _CHOSEN.match(text, match.start())):
            found.append("")
        found[-1] += "" if match["blank"] and not depth and not quote else match[0]
        depth += begins
    return [one for one in found if one]


# Whole attributes in a template block without branches, as the loader knows them.
_CHOSEN = re.compile(
    r"(?P<begin>\{% (?P<word>\w+) (?>(?!%\}).)*%\}) (?P<inner>(?>(?!\{% (?:el|end|(?P=word)\b)).)+)"
    r"(?P<end>\{% end(?P=word) %\})"
)


def _attribute(text: str, depth: int) -> list[str]:
    indent = INDENT * depth
    chosen = _CHOSEN.fullmatch(text)
    if chosen is None:
        return [indent + text]
    short = indent + chosen["begin"] + chosen["inner"] + chosen["end"]
    if len(short) <= WIDTH:
        return [short]
    inner = (line for one in _attributes(chosen["inner"]) for line in _attribute(one, depth + 1))
    return [indent + chosen["begin"], *inner, indent + chosen["end"]]


def templates() -> list[Path]:
    """Every template of the house."""
    return sorted(
        path for path in PACKAGE.rglob("*.html") if "templates" in path.relative_to(ROOT).parts
    )


def main(arguments: list[str]) -> int:
    """Run one command; 1 when `check` found something."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("command", choices=["format", "check"])
    command = parser.parse_args(arguments).command
    other = 0
    for path in templates():
        source = path.read_text(encoding="utf-8")
        laid_out = lay_out(source)
        if close_up(laid_out) != close_up(source):
            raise SystemExit(f"{path}: laid out it would be another page")
        if laid_out != source:
            other += 1
            if command == "check":
                print(f"{path.relative_to(ROOT)}: not laid out; make fix")
            else:
                path.write_text(laid_out, encoding="utf-8")
    return 1 if other and command == "check" else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
