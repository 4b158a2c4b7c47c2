"""Templates and stylesheets can be read: laid out by `tools/templates.py`, none too long."""

import re

import pytest

from gezhi.faces.shell.stylesheet import parts_of
from gezhi.faces.shell.white_space import close_up, pieces
from tests.habits.source import files, text
from tools.templates import MOST, lay_out

MOST_OF_A_SHEET = 150
# One attribute with its value, which white space would change.
_ATTRIBUTE = re.compile(r"""[\w:-]+=("[^\n]*"|'[^\n]*')""")


def _templates() -> list[str]:
    return [path for path in files() if "/templates/" in path and path.endswith(".html")]


def test_every_template_is_laid_out() -> None:
    """`make fix` does it."""
    other = [path for path in _templates() if lay_out(text(path)) != text(path)]
    assert not other, f"make fix：{other}"


def test_no_line_is_long_that_can_be_broken() -> None:
    """A sentence is looked up by every character and a tag of Django cannot be broken: such a line
    may be longer, when nothing else is on it."""
    long = [
        f"{path}: {line.strip()}"
        for path in _templates()
        for line in text(path).splitlines()
        if len(line) > MOST and not _is_one(line.strip())
    ]
    assert not long, f"最长 {MOST} 个字，一行一个标签：{long}"


def _is_one(line: str) -> bool:
    if _ATTRIBUTE.fullmatch(line):
        return True
    parts = list(pieces(line))
    return len(parts) == 1 and parts[0].kind in {"mark", "kept"}


def test_the_rule_on_long_lines_can_fail() -> None:
    assert _is_one('{% translate "很长" %}') and _is_one('class="a{% if b %} c{% endif %}"')
    assert not _is_one("<p>{{ a }}</p>") and not _is_one("{{ a }}{{ b }}") and not _is_one("很长")


@pytest.mark.parametrize(
    ("written", "laid_out"),
    [
        ("<p>灯</p>", "<p>灯</p>\n"),
        ("<ul><li>灯</li></ul>", "<ul>\n  <li>灯</li>\n</ul>\n"),
        ("<b>一</b> <i>二</i>", "<b>一</b> <i>二</i>\n"),
        (
            "{% if a %}<div>{% endif %}<p>灯</p>{% if a %}</div>{% endif %}",
            "{% if a %}\n  <div>\n{% endif %}\n\n<p>灯</p>\n\n{% if a %}\n  </div>\n{% endif %}\n",
        ),
        (
            f'<a class="{"b" * 60}" href="{"c" * 60}"{{% if d %}} hidden{{% endif %}}>去</a>',
            f'<a\n  class="{"b" * 60}"\n  href="{"c" * 60}"\n  {{% if d %}}hidden{{% endif %}}\n>\n'
            "  去\n</a>\n",
        ),
    ],
)
def test_one_tag_a_line_where_tags_are_nested(written: str, laid_out: str) -> None:
    assert lay_out(written) == laid_out
    assert lay_out(laid_out) == laid_out
    assert close_up(laid_out) == written


def test_no_stylesheet_is_longer_than_can_be_overseen() -> None:
    """Longer ones are taken apart by subject; `gezhi/faces/shell/stylesheet.py` joins them again."""
    long = [
        f"{path}: {len(text(path).splitlines())}"
        for path in _stylesheets()
        if len(text(path).splitlines()) > MOST_OF_A_SHEET
    ]
    assert not long, f"样式表最多 {MOST_OF_A_SHEET} 行，按内容拆开：{long}"


def test_every_part_of_a_stylesheet_is_there_and_imported_once() -> None:
    sheets = _stylesheets()
    named = [
        f"{path.rpartition('/')[0]}/{part}" for path in sheets for part in parts_of(text(path))
    ]
    assert len(named) == len(set(named)) and len(named) > 10
    assert set(named) <= set(sheets), "没有这样一个样式文件"
    left = [path for path in sheets if "@import" in text(path) and not parts_of(text(path))]
    assert not left, f'写成 @import "同一文件夹里的文件.css";，一行一个：{left}'


def _stylesheets() -> list[str]:
    return [path for path in files() if path.endswith(".css")]
