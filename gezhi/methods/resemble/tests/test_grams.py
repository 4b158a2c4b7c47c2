"""Signs and fingerprints: what counts as the same, what is kept apart, and how long they may be."""

import numpy as np
import pytest

from gezhi.methods.resemble.fingerprinting import HEAD, KEY, MOST, PLACE, fingerprint, read
from gezhi.methods.resemble.grams import BITS, grams, normalized


def test_full_and_half_width_and_case_are_the_same() -> None:
    assert np.array_equal(grams("Ａ７县１３栋"), grams("a7县13栋"))


def test_a_number_is_one_sign() -> None:
    three, thirteen = set(grams("3栋").tolist()), set(grams("13栋").tolist())
    assert three & thirteen == set(grams("栋").tolist())


def test_pairs_do_not_cross_punctuation() -> None:
    assert len(grams("路灯，坏了", (2,))) == 2


def test_tags_are_no_text() -> None:
    assert normalized("<p>路灯<br/>不亮&nbsp;</p>") == "路灯 不亮"


def test_hashes_stay_within_their_bits() -> None:
    assert grams("反映小区路灯不亮的问题").max() < 1 << BITS


def test_the_first_line_is_marked_as_the_subject() -> None:
    pairs = read(fingerprint("路灯不亮\n晚上出门看不见"))
    assert (pairs & HEAD != 0).sum() == 3


def test_names_are_marked() -> None:
    pairs = read(fingerprint("投诉幸福小区噪音"))
    named = set((pairs[pairs & PLACE != 0] & KEY).tolist())
    assert set(grams("幸福小区", (2,)).tolist()) <= named
    assert not set(grams("噪音", (2,)).tolist()) & named


def test_a_long_text_keeps_the_same_pairs_in_whatever_order() -> None:
    sentences = [
        f"第{at}件事是{chr(0x4E00 + 7 * at)}{chr(0x5E00 + 3 * at)}坏了。" for at in range(300)
    ]
    one = set((read(fingerprint("\n" + "".join(sentences))) & KEY).tolist())
    other = set((read(fingerprint("\n" + "".join(reversed(sentences)))) & KEY).tolist())
    assert len(one) <= MOST
    assert len(one & other) > 0.8 * len(one)


@pytest.mark.parametrize("words", ["", "灯", "😀", "\udcff", "的的的"])
def test_a_text_without_pairs_gives_one_byte(words: str) -> None:
    assert len(fingerprint(words)) == 1


def test_what_is_not_of_this_version_reads_as_empty() -> None:
    assert len(read(b"\x09abcd")) == 0
    assert len(read(b"")) == 0
