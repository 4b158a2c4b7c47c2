"""Sort keys: names in the order a Chinese reader looks them up."""

import pytest

from gezhi.kernel.pinyin import person_key, sort_key


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("重庆路", "chong qing lu"),
        ("长寿社区", "chang shou she qu"),
        ("第3网格", "di 3 wang ge"),
        ("Ａ区", "a qu"),
        ("", ""),
    ],
)
def test_names_of_places_and_units(name, key):
    assert sort_key(name, limit=60) == key


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("曾国", "zeng guo"),
        ("单田", "shan tian"),
        ("尉迟恭", "yu chi gong"),
        ("张三", "zhang san"),
        ("区静", "ou jing"),
    ],
)
def test_surnames_with_a_reading_of_their_own(name, key):
    assert person_key(name, limit=60) == key


def test_a_key_is_cut_at_its_limit():
    assert len(sort_key("街" * 60, limit=50)) == 50
