"""White space for those who read a template is not sent to those who read the page.

A template has one tag a line and is indented; the page made of it has none of that. The rule is
JSX's, so that what is to be seen stands within one line:

- Outside of tags, white space with a line break in it is dropped: between tags, between a tag and
  words, at both ends of the file. Chinese broken over two lines joins without a gap; between two
  Latin words one blank is left.
- Inside of `<…>` it becomes one blank, and none before the closing `>`. A template block of whole
  attributes may stand on lines of its own, unless it has branches.
- White space without a line break stays. A blank to be seen between two lines is `&#32;`.
- `<pre>`, `<textarea>`, `<script>`, `<style>`, HTML comments and the blocks `blocktranslate`,
  `verbatim` and `comment` stay as they are; messages are looked up by every character.
"""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

_BLOCK = r"\{%[ ]*(?P<block>blocktranslate|blocktrans|verbatim|comment)\b.*?\{%[ ]*end(?P=block)\b[^\n]*?%\}"
_MARK = r"\{%[^\n]*?%\}|\{\{[^\n]*?\}\}|\{\#[^\n]*?\#\}"
_NO_MARK = r"\{(?![%{\#])"
_PIECE = re.compile(
    rf"""(?P<kept><!--.*?-->|{_BLOCK})
    |(?P<mark>{_MARK})
    |(?P<tag></?(?P<name>[A-Za-z!][^\s/>{{]*)
        (?>{_MARK}|"(?>{_MARK}|[^"{{]|{_NO_MARK})*"|'(?>{_MARK}|[^'{{]|{_NO_MARK})*'
        |[^>"'{{]|{_NO_MARK})*>)
    |(?P<words>(?>(?!<!--|</?[A-Za-z!]|\{{[%{{\#]).)+)
    |(?P<rest>.)""",
    re.DOTALL | re.VERBOSE,
)
_VERBATIM = frozenset({"pre", "textarea", "script", "style"})
# A template block of attributes on lines of its own: the blank belongs to the attributes.
_CHOSEN = re.compile(
    r"""[ \t\r]*\n[ \t\r\n]*(?P<begin>\{%[ ](?P<word>\w+)[ ](?>(?!%\}).)*%\})[ \t\r\n]*
    (?P<inner>(?>(?!\{%[ ](?:el|end|(?P=word)\b)).)+?)[ \t\r\n]*(?P<end>\{%[ ]end(?P=word)[ ]%\})""",
    re.DOTALL | re.VERBOSE,
)
# Not after a brace: with what follows it would begin a template tag.
_BREAK = re.compile(r"(?<!\{)[ \t\r]*\n[ \t\r\n]*")
_BREAK_IN_TAG = re.compile(rf"{_BLOCK}|{_BREAK.pattern}", re.DOTALL)
_BEFORE_CLOSE = re.compile(r"[ \t]*\n[ \t\r\n]*(?=/?>\Z)")
_BETWEEN_WORDS = re.compile(r"(?<=[A-Za-z0-9,.;:!?])[ \t]*\n[ \t\r\n]*(?=[A-Za-z0-9])")

Kind = Literal["kept", "mark", "tag", "words"]


class Piece(NamedTuple):
    """A part of a template: a template tag, an HTML tag, words with white space, or what is kept."""

    kind: Kind
    text: str


def pieces(source: str) -> Iterator[Piece]:
    """The template part by part; joined they are the source again. Refuses nothing: what is no
    whole tag is words."""
    position = 0
    while found := _PIECE.match(source, position):
        position = found.end()
        if found["tag"] is None:
            kind: Kind = "kept" if found["kept"] else "mark" if found["mark"] else "words"
            yield Piece(kind, found[0])
            continue
        yield Piece("tag", found[0])
        name = found["name"].lower()
        if name in _VERBATIM and not found[0].startswith("</"):
            end = re.compile(rf"</{name}\b", re.IGNORECASE).search(source, position)
            inside = source[position : end.start() if end else len(source)]
            position += len(inside)
            if inside:
                yield Piece("kept", inside)


def close_up(source: str) -> str:
    """The template without the white space its readers need, by the rule above. Done twice it is
    the same as done once."""
    return "".join(_closed(piece) for piece in pieces(source))


def _closed(piece: Piece) -> str:
    if piece.kind == "tag":
        text = _CHOSEN.sub(r"\g<begin> \g<inner>\g<end>", _BEFORE_CLOSE.sub("", piece.text))
        return _BREAK_IN_TAG.sub(lambda found: found[0] if found["block"] else " ", text)
    if piece.kind == "words":
        return _BREAK.sub("", _BETWEEN_WORDS.sub(" ", piece.text))
    return piece.text
