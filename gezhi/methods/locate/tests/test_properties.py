from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gezhi.methods.locate import Gazetteer, locate, words_of
from gezhi.methods.locate.grammar import tokens_from
from gezhi.methods.locate.reading import readings
from gezhi.methods.locate.signs import fold
from gezhi.methods.locate.tests.register import town
from gezhi.methods.locate.usual import usual_parts

TOWN = town()
GAZETTEER = TOWN.gazetteer()
PATHS = sorted(path for path in TOWN.ids if "幸福家园" not in path)

pieces = st.sampled_from(
    (
        *"一二三十零百0123456789甲AB-#/.（）()，。的第 ",
        *("锦绣花园", "幸福家园", "望江家园", "梧桐路", "紧秀花圆", "旁边", "门口", "<br>", "😀"),
        *("栋", "单元", "楼", "室", "号", "期", "区", "组", "弄"),
    )
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=60), st.lists(pieces, max_size=25).map("".join)))
def test_any_text_whatever_gets_an_answer(text):
    found = locate(GAZETTEER, text)
    start, end = found.span
    assert 0 <= start <= end <= len(text)
    assert (found.place_id is None) == (found.verdict in {"ambiguous", "unknown"})
    assert len(found.candidates) <= 5


@pytest.mark.parametrize("path", PATHS)
def test_the_canonical_spelling_reads_as_itself(path):
    found = locate(GAZETTEER, GAZETTEER.words(TOWN[path]))
    assert (found.verdict, found.place_id) == ("resolved", TOWN[path])
    again = locate(GAZETTEER, words_of(found.parsed))
    assert (again.verdict, again.place_id) == ("resolved", TOWN[path])
    assert words_of(again.parsed) == words_of(found.parsed)


@pytest.mark.parametrize("path", [path for path in PATHS if "锦绣花园/" in path])
def test_a_renamed_compound_is_still_found_by_its_old_name(path):
    entries = [
        replace(entry, name="滨江一号", aliases=("锦绣花园",))
        if entry.name == "锦绣花园"
        else entry
        for entry in TOWN.entries
    ]
    old = GAZETTEER.words(TOWN[path])
    found = locate(Gazetteer(entries), old)
    assert found.place_id == TOWN[path]
    assert found.parsed.compound == "滨江一号"


numerals = st.sampled_from(["1", "12", "三", "十二", "A", "B2"])


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(["", "二期", "2期", "A区", "3组团", "一期B区"]),
    numerals,
    st.sampled_from(["栋", "幢", "号楼", "座", "#", "-"]),
    st.sampled_from(["", "2单元", "二单元", "1-"]),
    st.sampled_from(["", "15楼", "十五层"]),
    st.sampled_from(["1504", "04", "4", "一五零四", "302室", "302号", "15A"]),
    st.sampled_from(["", "，漏水", "楼下", "的住户", "。3天了"]),
)
def test_the_quick_reading_is_the_careful_one(block, building, sign, unit, floor, door, after):
    text = fold(f"{block}{building}{sign}{unit}{floor}{door}{after}")
    quick = usual_parts(text, 0)
    if quick is not None:
        tokens = tokens_from(text, 0, len(text))
        assert quick[0] == readings(tokens)[0]
        assert quick[1] == tokens[-1].end


@pytest.mark.parametrize("junk", ["3栋2栋", "1504 ", "3栋的", "-"])
def test_numbers_without_end_are_answered(junk):
    found = locate(GAZETTEER, "锦绣花园" + junk * 20_000)
    assert found.place_id in {None, TOWN["锦绣花园"], TOWN["锦绣花园/3栋"]}


def test_a_hundred_thousand_signs_are_answered():
    text = "物业一直不管，我们反映了很多次。" * 6_000 + "锦绣花园3栋2单元1504漏水"
    assert locate(GAZETTEER, text).place_id == TOWN["锦绣花园/3栋/2单元/1504"]
