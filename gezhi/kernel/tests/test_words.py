"""Words from outside are cleaned of what nobody sees."""

import pytest

from gezhi.kernel import words
from gezhi.kernel.errors import Invalid

ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff\u00ad"


@pytest.mark.parametrize(
    "text",
    ["", " \t\n\u3000", ZERO_WIDTH, "\x00\x01\x1f\x7f\x85", "\u202e\u2066\u2069\u200f", "\u3164",
     "\u115f\u1160\uffa0\u2800", "\ufe0f\U000e0100", "\U000e0041\U000e007f", "\u034f", "\ufffe"],
)  # fmt: skip
def test_what_shows_nothing_is_empty(text):
    assert words.clean(text) == ""
    assert not words.is_seen(text)


@pytest.mark.parametrize("sign", [chr(one) for one in
    [0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]])  # fmt: skip
def test_signs_that_turn_the_line_round_are_dropped(sign):
    assert words.clean(f"路灯{sign}坏了") == "路灯坏了"
    assert words.shown(f"路灯{sign}坏了") == "路灯坏了"


def test_what_people_spell_with_stays():
    uyghur, family, name = "كۈچ\u200cلۈك", "👨\u200d👩\u200d👧", "葛\U000e0100城\ufe0f"
    for text in (uyghur, family, name, "第一行\n第二行\t三", "𠮷野家", "e\u0301"):
        assert words.clean(text) == text == words.shown(text)


def test_every_kind_of_break_is_one_line_feed():
    assert (
        words.clean("一\r\n二\r三\x0b四\x0c五\x85六\u2028七\u2029八")
        == "一\n二\n三\n四\n五\n六\n七\n八"
    )


def test_a_line_is_one_line():
    assert words.line(" 王\u202e\n 明\u3000华\u200b ") == "王 明 华"


def test_half_a_pair_is_refused_at_its_field():
    with pytest.raises(Invalid) as refused:
        words.clean("路灯\ud800", field="text")
    assert refused.value.field == "text"
