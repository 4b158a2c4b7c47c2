"""The look for the same case: what it finds, what it never does, and that order does not count."""

import random
from typing import Any

import pytest

from gezhi.methods.resemble import ComparedCase, Index, Likeness, fingerprint
from gezhi.methods.resemble import rows as rows_module

PLACES = ["幸福里", "锦绣家园", "望江苑", "东湖名邸", "石榴园", "百花小区", "春晓路", "滨河北街"]
TROUBLES = [
    "路灯坏了一个星期没有人修，晚上出门看不见路",
    "楼下烧烤店油烟很大，半夜还在放音乐",
    "电梯经常停在半层，老人不敢坐",
    "化粪池满了往外冒，臭气熏天",
    "物业把消防通道租给别人停车",
    "工地凌晨还在打桩，孩子没法睡觉",
]


def text(place: str, trouble: str) -> str:
    return f"{place}{trouble[:4]}\n我住在{place}，{trouble}，希望有关部门来看一下。"


def town() -> list[ComparedCase]:
    return [
        ComparedCase(10 * at + kind, fingerprint(text(place, trouble)), moment=100.0 + at)
        for at, place in enumerate(PLACES)
        for kind, trouble in enumerate(TROUBLES)
    ]


def filled(cases: list[ComparedCase]) -> Index:
    index = Index()
    index.add(cases)
    return index


def asked(words: str, moment: float = 102.0, **known: Any) -> ComparedCase:
    return ComparedCase(999, fingerprint(words), moment, **known)


def test_other_words_for_the_same_trouble_at_the_same_place_find_it() -> None:
    found = filled(town()).nearest(asked("石榴园电梯停在半层\n石榴园的电梯又停在半层，老人不敢坐"))
    assert found[0].id == 42


def test_a_matter_never_finds_itself() -> None:
    index = filled(town())
    for case in town():
        assert case.id not in [like.id for like in index.nearest(case, most=50)]


def test_the_order_of_adding_is_no_matter() -> None:
    one, other = town(), town()
    random.Random(5).shuffle(other)
    question = asked("幸福里路灯不亮\n幸福里路灯坏了没人修")
    assert filled(one).nearest(question, most=9) == filled(other).nearest(question, most=9)


def test_removing_and_adding_again_gives_the_same_answer() -> None:
    index = filled(town())
    question = asked("望江苑化粪池冒水\n望江苑化粪池满了")
    before = index.nearest(question, most=9)
    index.remove([22, 23, 5, 777])
    assert 23 not in [like.id for like in index.nearest(question, most=9)]
    index.add([case for case in town() if case.id in (22, 23, 5)])
    assert index.nearest(question, most=9) == before
    assert len(index) == len(town())


def test_sealing_and_sweeping_change_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    question = asked("东湖名邸工地打桩\n东湖名邸旁边工地凌晨打桩")
    whole = filled(town()).nearest(question, most=9)
    monkeypatch.setattr(rows_module, "SMALL", 3)
    monkeypatch.setattr(rows_module, "JOINED", 2)
    index = filled(town())
    assert index.nearest(question, most=9) == whole
    for _ in range(4):
        index.remove([case.id for case in town()[5:]])
        index.add(town()[5:])
    assert index.nearest(question, most=9) == whole
    assert len(index) == len(town())


def test_what_is_long_ago_is_left_out_unless_it_is_open() -> None:
    cases = [
        ComparedCase(1, fingerprint(text("百花小区", TROUBLES[0])), 10.0),
        ComparedCase(2, fingerprint(text("百花小区", TROUBLES[0])), 10.0, open=True),
    ]
    found = filled([*town(), *cases]).nearest(asked(text("百花小区", TROUBLES[0])), most=50)
    assert {like.id for like in found} >= {2}
    assert 1 not in {like.id for like in found}


def test_the_nearer_of_two_equal_texts_comes_first_and_says_why() -> None:
    words = "路灯坏了\n路灯坏了没人修"
    near = ComparedCase(1, fingerprint(words), 100.0, 104.0, 30.0)
    far = ComparedCase(2, fingerprint(words), 100.0, 104.05, 30.0)
    found = filled([*town(), far, near]).nearest(asked(words, longitude=104.0002, latitude=30.0))
    likeness = {like.id: like for like in found}
    assert found[0].id == 1
    assert likeness[1].place > 0.5
    assert 2 not in likeness or likeness[2].place < 0.5


def test_an_unknown_place_speaks_neither_for_nor_against() -> None:
    found = filled(town()).nearest(asked(text("百花小区", TROUBLES[0])))
    assert found[0].place == 0.5


@pytest.mark.parametrize(
    "words",
    ["", "\n", "灯", "路", "路灯", "路灯坏", "😀😀", "\ud800", "路灯" * 50_000, "<b>&nbsp;</b>"],
)
def test_any_text_gets_an_answer_and_nothing_is_claimed_of_it(words: str) -> None:
    found: list[Likeness] = filled(town()).nearest(asked(words))
    assert not any(like.merge for like in found)


def test_coordinates_and_moments_that_are_no_numbers_are_unknown() -> None:
    odd = ComparedCase(
        500, fingerprint(text("百花小区", TROUBLES[1])), float("nan"), float("inf"), 30.0
    )
    found = filled([*town(), odd]).nearest(asked(text("百花小区", TROUBLES[1]), float("nan")))
    assert 500 in [like.id for like in found]


def test_an_empty_index_answers_nothing() -> None:
    assert Index().nearest(asked("路灯坏了")) == []


def test_one_place_is_not_said_twice_by_the_words_and_by_the_map() -> None:
    """Another trouble at the same door: the name in the words and the point say one thing."""
    here: dict[str, Any] = {"longitude": 104.085, "latitude": 30.64, "compound_id": 7}
    noise = text("石榴园小区3栋", "工地凌晨还在打桩，孩子没法睡觉")
    index = filled([*town(), ComparedCase(500, fingerprint(noise), moment=102.0, **here)])
    words = text("石榴园小区3栋", "电梯经常停在半层，老人不敢坐")
    unplaced = next(one for one in index.nearest(asked(words), most=60) if one.id == 500)
    placed = next(one for one in index.nearest(asked(words, **here), most=60) if one.id == 500)
    assert placed.place > 0.8
    assert not placed.merge
    assert unplaced.score < placed.score < unplaced.score + 0.15


def test_a_template_at_another_compound_is_no_one_matter() -> None:
    """Long shared sentences make nothing the same that lies apart."""
    index = Index()
    said = "{}楼道墙上密密麻麻全是开锁通下水的小广告，刚刷的墙又花了，请尽快来人。"
    one, other = said.format("滨锦后街十号院"), said.format("听雨二巷廿二号院")
    index.add([ComparedCase(1, fingerprint(one), 10.0, 104.0, 30.0, compound_id=1)])
    (near,) = index.nearest(ComparedCase(2, fingerprint(other), 10.0, 104.001, 30.0, compound_id=2))
    assert near.score < 0.3 and not near.merge
    (same,) = index.nearest(ComparedCase(2, fingerprint(one), 10.0, 104.001, 30.0, compound_id=1))
    assert same.score > 0.6


def test_one_place_says_nothing_for_words_that_do_not_agree() -> None:
    index = Index()
    index.add(
        [ComparedCase(1, fingerprint("楼道墙上贴满了小广告"), 10.0, 104.0, 30.0, compound_id=1)]
    )
    lamp = ComparedCase(2, fingerprint("楼道的灯坏了三天"), 10.0, 104.0, 30.0, compound_id=1)
    assert all(one.score < 0.5 for one in index.nearest(lamp))


@pytest.mark.parametrize(
    "words",
    [
        "康宁里3栋楼下路灯不亮\n康宁里 3栋",
        "康宁里3栋楼道灯不亮",
        "康宁里3栋楼道里灯坏了，麻烦快点处理",
    ],
)
def test_one_place_in_the_words_makes_no_one_matter_of_two_troubles(words: str) -> None:
    """That both name the stairs of one building is not what is wrong there."""
    index = filled(town())
    here: dict[str, Any] = {"compound_id": 1, "open": True}
    other = fingerprint(
        "康宁里3栋楼道墙上密密麻麻全是开锁通下水的小广告，刚刷的墙又花了。麻烦快点处理。\n康宁里3栋"
    )
    index.add(
        [
            ComparedCase(500, other, 102.0, **here),
            ComparedCase(501, fingerprint(words), 102.0, **here),
        ]
    )
    found = {one.id: one.score for one in index.nearest(asked(words, **here), most=60)}
    assert found[501] > 0.95
    assert found.get(500, 0.0) <= 0.5


def test_short_words_for_the_same_trouble_at_the_same_place_are_still_one() -> None:
    index = filled(town())
    index.add([ComparedCase(500, fingerprint("康宁里3栋楼道墙上全是小广告\n康宁里3栋"), 102.0)])
    (first, *_) = index.nearest(asked("康宁里3栋楼道墙上又贴满小广告\n康宁里3栋"))
    assert first.id == 500 and first.score > 0.8


def test_two_matters_of_one_class_are_held_apart_by_no_words() -> None:
    """What a person called the same class may be told in other words."""
    lamp, dark = "康宁里3栋路灯不亮", "康宁里3栋一到晚上漆黑"
    index = filled(town())
    index.add([ComparedCase(500, fingerprint(lamp), 102.0, class_code="lamp")])
    known = {one.id: one for one in index.nearest(asked(dark, class_code="lamp"), most=60)}
    other = {one.id: one for one in index.nearest(asked(dark), most=60)}
    assert known[500].score > 0.5 >= other[500].score
