"""Line breaks of a template are for its readers; what is seen on the page stands within a line."""

from pathlib import Path

import pytest
from django.template import Engine, TemplateSyntaxError
from hypothesis import given
from hypothesis import strategies as st

from gezhi.faces.shell import loader
from gezhi.faces.shell.white_space import close_up, pieces


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("<ul>\n  <li>灯</li>\n  <li>井盖</li>\n</ul>\n", "<ul><li>灯</li><li>井盖</li></ul>"),
        ("<p>\n  路灯\n</p>", "<p>路灯</p>"),
        ("{% if a %}\n  {{ a }}\n{% else %}\n  —\n{% endif %}\n", "{% if a %}{{ a }}{% else %}—{% endif %}"),
        ("{# why #}\n<p>", "{# why #}<p>"),
        ("{{ a }}\r\n\r\n  {{ b }}", "{{ a }}{{ b }}"),
    ],
)  # fmt: skip
def test_a_line_break_beside_a_tag_is_dropped(written: str, sent: str) -> None:
    assert close_up(written) == sent


def test_blanks_within_a_line_stay() -> None:
    for line in ("<b>灯</b> <i>亮</i>", "{{ a }} {{ b }}", "<p> 灯 </p>", "<b>一</b>　二"):
        assert close_up(f"\n  {line}\n") == line


def test_a_wide_blank_of_chinese_stays_at_the_edge_of_a_line() -> None:
    assert close_up("<b>一</b>\n　{{ name }}") == "<b>一</b>　{{ name }}"


def test_chinese_over_two_lines_joins_without_a_gap_and_latin_with_one() -> None:
    assert close_up("<p>路灯\n   坏了</p>") == "<p>路灯坏了</p>"
    assert close_up("<p>No light,\n   no road</p>") == "<p>No light, no road</p>"


def test_a_line_break_inside_a_tag_is_one_blank_and_none_before_its_end() -> None:
    assert close_up('<a\n  class="b"\n  href="/"\n>') == '<a class="b" href="/">'
    assert close_up('<use\n  href="#a"\n/>') == '<use href="#a"/>'


def test_a_greater_sign_in_a_value_or_a_condition_ends_no_tag() -> None:
    written = '<a title="1 > 0"\n{% if a > b %}hidden{% endif %}\n>\n<b>'
    assert close_up(written) == '<a title="1 > 0"{% if a > b %} hidden{% endif %}><b>'


def test_quotes_of_a_template_tag_within_quotes_end_no_value() -> None:
    written = '<td data-label="{% translate "a > b" %}"\n class="c">\n'
    assert close_up(written) == '<td data-label="{% translate "a > b" %}" class="c">'


def test_whole_attributes_of_a_template_block_take_the_blank_along() -> None:
    written = '<a\n  href="/"\n  {% if late %}\n    class="late"\n    hidden\n  {% endif %}\n>'
    assert close_up(written) == '<a href="/"{% if late %} class="late" hidden{% endif %}>'


def test_attributes_with_branches_keep_their_blank_before_the_block() -> None:
    written = '<a\n  {% if x %}href="/"{% else %}hidden{% endif %}>'
    assert close_up(written) == '<a {% if x %}href="/"{% else %}hidden{% endif %}>'


@pytest.mark.parametrize(
    "kept",
    [
        "<pre>\n  a\n  b\n</pre>",
        "<textarea>\n一\n</textarea>",
        "<script>\nlet a = 1\n</script>",
        "<style>\np {}\n</style>",
        "<!--\n a\n-->",
        "{% blocktranslate %}一\n  二{% endblocktranslate %}",
        "{% blocktranslate count n=n %}一\n{% plural %}二\n{% endblocktranslate %}",
        "{% verbatim %}\n<p>\n{% endverbatim %}",
        "{% comment %}\n<p>\n{% endcomment %}",
    ],
)
def test_what_is_read_by_every_character_stays(kept: str) -> None:
    assert close_up(f"<div>\n{kept}\n</div>") == f"<div>{kept}</div>"


def test_a_sentence_inside_a_tag_stays_too() -> None:
    sentence = "{% blocktranslate %}一\n  二{% endblocktranslate %}"
    assert close_up(f'<a\n title="{sentence}"\n>') == f'<a title="{sentence}">'


_PARTS = st.sampled_from([
    "<a", ">", "/>", "</a>", '"', "'", "\n", "  ", "\n  ", "路", "x", " class=", "<pre>", "</pre>",
    "{% if a %}", "{% endif %}", "{{ b }}", "{# c #}", "{", "%}", "<!--", "-->",
    "{% blocktranslate %}", "{% endblocktranslate %}",
])  # fmt: skip


@given(st.lists(_PARTS, max_size=14).map("".join))
def test_only_white_space_is_lost_and_nothing_by_a_second_time(source: str) -> None:
    assert "".join(piece.text for piece in pieces(source)) == source
    once = close_up(source)
    assert "".join(once.split()) == "".join(source.split())
    assert close_up(once) == once


def test_our_templates_are_closed_up_and_those_of_others_are_not() -> None:
    engine = Engine.get_default()
    own = engine.get_template("desk/queues/queue.html").source
    assert "\n" not in own and "{% block list_head %}" in own
    assert "\n" in engine.get_template("allauth/layouts/base.html").source


def test_a_closed_template_is_compiled_once() -> None:
    engine = Engine.get_default()
    assert engine.get_template("404.html") is engine.get_template("404.html")


def test_what_is_wrong_with_a_template_is_told_by_the_line_of_its_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "bad.html").write_text("<ul>\n  <li>\n    {% if a %}\n  </li>\n</ul>\n")
    monkeypatch.setattr(loader, "_HOUSE", tmp_path)
    monkeypatch.setattr(loader.Loader, "get_dirs", lambda self: [tmp_path])
    house = "gezhi.faces.shell.loader"
    engine = Engine(loaders=[(f"{house}.CachedLoader", [f"{house}.Loader"])])
    for _time in (1, 2):
        with pytest.raises(TemplateSyntaxError, match="on line 3: 'if'"):
            engine.get_template("bad.html")
