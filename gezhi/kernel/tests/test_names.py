"""What can be a name."""

import pytest

from gezhi.kernel import names, phones, words
from gezhi.kernel.errors import Invalid


@pytest.mark.parametrize(
    "name", ["张小川", "  欧阳　娜娜 ", "J. O'Neill", "阿卜杜拉·买买提", "3号岗"]
)
def test_names_of_people_units_and_posts_are_names(name):
    assert names.valid(name, most=20) == " ".join(name.split())


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("李 梅", "李梅"), ("李　　梅", "李梅"), (" 欧 阳 娜 娜 ", "欧阳娜娜"), ("古丽 · 买买提", "古丽·买买提"),
     ("J.  O'Neill", "J. O'Neill"), ("李 Mei", "李 Mei"), ("Ma Li 马 丽", "Ma Li 马丽"), ("䶮 𠮷", "䶮𠮷"),
     ("", "")],
)  # fmt: skip
def test_a_person_is_called_without_the_blanks_sheets_put_between_chinese_signs(typed, kept):
    assert names.person(typed) == kept


@pytest.mark.parametrize(
    "name",
    ["=cmd|calc", "=1+1", "+86", "-x", "@SUM", "张|三", "<b>", "{x}", "a\\b", "138", "13800138000",
     "１２３", "***", "—", "\u200b", ""],
)  # fmt: skip
def test_formulas_commands_markup_and_numbers_are_none(name):
    with pytest.raises(Invalid) as refusal:
        names.valid(name, most=20)
    assert refusal.value.field == "name"


def test_an_over_long_name_is_refused_with_both_lengths_and_never_cut():
    with pytest.raises(Invalid) as refusal:
        names.valid("长" * 21, most=20)
    assert "20" in str(refusal.value) and "21" in str(refusal.value)
    with pytest.raises(Invalid):
        words.line("长" * 21, field="x", most=20)


def test_a_building_may_be_called_by_its_number():
    assert names.valid("3", most=20, may_be_digits=True) == "3"
    with pytest.raises(Invalid):
        names.valid("=3", most=20, may_be_digits=True)
    with pytest.raises(Invalid, match="不能只有符号"):
        names.valid("？？", most=20, may_be_digits=True)


@pytest.mark.parametrize(
    ("line", "may"),
    [("028-85551234", True), ("12345", True), ("028-85551234 转 801", True), ("110、12345", True),
     ("（028）85551234", True), ("=1+1", False), ("找老王", False), ("12", False)],
)  # fmt: skip
def test_what_stands_on_a_door_can_be_dialed(line, may):
    assert phones.is_dialed(line) is may
