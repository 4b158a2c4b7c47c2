"""Which column is which: by heading, by its cells, by hand; nothing is left out without a word."""

from datetime import date

import pytest

from gezhi.ground.sheets.matching import Field, day_in, looks_like_day, looks_like_phone, matched
from gezhi.kernel.errors import Invalid

FIELDS = (
    Field("number", "工号", ("员工号",), needed=True),
    Field("name", "姓名", needed=True),
    Field("phone", "手机", ("联系电话", "手机号码"), looks=looks_like_phone),
    Field("unit", "单位"),
    Field("since", "从哪天起", looks=looks_like_day),
)
PHONES = ["13800138000", "028-85551234", "139 0013 9000"]
ID = "11010519491231002X"


def places(*rows, **how):
    return matched(rows, FIELDS, **how).places


@pytest.mark.parametrize(
    "heading", ["联系电话", "手机号码", "手 机", "手机（必填）", " 手机* ", "手机："]
)
def test_other_spellings_of_a_heading_are_known(heading):
    assert places(["工 号", "姓　名", heading]) == {"number": 0, "name": 1, "phone": 2}


def test_headings_may_stand_below_a_title():
    read = matched([["花名册", ""], ["", ""], ["姓名", "员工号"], ["王", "1"]], FIELDS)
    assert (read.heading, read.places) == (2, {"name": 0, "number": 1})


def test_what_nobody_reads_is_named_with_a_cell_to_know_it_by():
    rows = [["工号", "姓名", "备注", ""], ["1", "王", "长" * 30, ""], ["2", "李", "", "x"]]
    unused = matched(rows, FIELDS).unused
    assert [(one.title, one.sample) for one in unused] == [
        ("备注", f"{'长' * 20}…"), ("第 4 列（没有标题）", "x"),
    ]  # fmt: skip


def test_a_second_column_for_the_same_thing_is_not_swallowed():
    read = matched([["工号", "姓名", "手机", "联系电话"], ["1", "王", "138", "139"]], FIELDS)
    assert read.places["phone"] == 2
    assert [one.title for one in read.unused] == ["联系电话"]


def test_a_column_is_known_by_its_cells_where_its_heading_does_not_tell():
    rows = [["工号", "姓名", "怎么找", "科室", "到岗"]]
    rows += [[str(n), "王", PHONES[n], "环卫所", "2026年3月5日"] for n in range(3)]
    read = matched(
        rows, FIELDS, offered=lambda name: ["环卫所", "居委会"] if name == "unit" else []
    )
    assert {one.field: one.title for one in read.guessed} == {
        "phone": "怎么找", "unit": "科室", "since": "到岗",
    }  # fmt: skip


def test_a_column_that_only_half_looks_like_it_is_not_guessed():
    rows = [["工号", "姓名", "怎么找"], ["1", "王", PHONES[0]], ["2", "李", "微信"]]
    assert "phone" not in places(*rows)


def test_numbers_of_people_are_masked_in_what_is_shown_of_a_column():
    rows = [["工号", "姓名", "家属电话", "手机", "身份证"], ["1", "王", PHONES[0], PHONES[1], ID]]
    samples = {one.title: one.sample for one in matched(rows, FIELDS).unused}
    assert samples["家属电话"] == "138****8000"
    assert ID not in samples.values()


def test_by_hand_counts_and_nothing_is_guessed_then():
    rows = [["a", "b", "c"], ["1", "王", PHONES[0]]]
    assert places(*rows, chosen={0: "number", 1: "name", 2: ""}) == {"number": 0, "name": 1}
    assert places(*rows, chosen={0: "number", 9: "nonsense"}) == {"number": 0}
    with pytest.raises(Invalid) as refusal:
        places(*rows, chosen={0: "name", 1: "name"})
    assert "姓名" in str(refusal.value)


def test_what_is_needed_and_found_nowhere_is_told():
    missing = matched([["甲", "乙"], ["1", "2"]], FIELDS).missing(FIELDS)
    assert [one.name for one in missing] == ["number", "name"]


@pytest.mark.parametrize(
    "text",
    ["2027-01-05", "2027/1/5", "2027.1.5", "2027年1月5日", "２０２７-1-5", "2027-01-05 00:00:00"],
)
def test_a_day_is_read_as_it_is_written(text):
    assert day_in(text) == date(2027, 1, 5)


@pytest.mark.parametrize("text", ["", "明天", "2027-13-01", "1/5/2027", "20270105"])
def test_what_is_no_day_is_none(text):
    assert day_in(text) is None
