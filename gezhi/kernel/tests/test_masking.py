"""What stays readable of a name, a number and an address."""

import pytest

from gezhi.kernel.masking import (
    HIDDEN,
    Kind,
    masked_address,
    masked_name,
    masked_number,
    masked_phone,
    shown,
)


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("陈静", "陈**"),
        ("陈小静", "陈**"),
        ("陈阿姨", "陈**"),
        ("陈", "陈**"),
        ("欧阳静", "欧阳**"),
        ("欧阳", "欧**"),
        ("上官婉儿", "上官**"),
        ("买买提·吐尔逊", "买**"),
        ("John Smith", "J**"),
        (" 陈静 ", "陈**"),
        ("", ""),
        ("  ", ""),
    ],
)
def test_a_name_shows_its_surname_and_nothing_of_its_length_or_sex(name, masked):
    assert masked_name(name) == masked


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("13812341234", "138****1234"),
        ("028-85551234", "028-****1234"),
        ("0833-5551234-801", "0833-****1234"),
        ("12345", HIDDEN),
        ("028-1", HIDDEN),
        ("", ""),
        ("１３８１２３４００１７", "138****0017"),
        ("138 1234 0017", "138****0017"),
        ("+86 13812340017", "138****0017"),
        ("（028）85551234", "028-****1234"),
    ],
)
def test_a_phone_shows_head_and_tail(number, masked):
    assert masked_phone(number) == masked


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("51010419491231002X", "510***********002X"),
        ("510104491231002", "510********1002"),
        ("E12345678", "E****78"),
        ("123456", HIDDEN),
        ("", ""),
    ],
)
def test_a_document_shows_too_little_to_be_used(number, masked):
    assert masked_number(number) == masked


@pytest.mark.parametrize(
    ("address", "masked"),
    [
        ("锦官驿街道水井坊社区合欢苑3栋2单元5楼10号", "锦官驿街道水井坊社区合欢苑***"),
        ("双桥路88号合欢苑 3 栋 2 单元", "双桥路88号合欢苑***"),
        ("双桥路88号3号楼201室", "双桥路88号***"),
        ("合欢苑B座1201", "合欢苑***"),
        ("合欢苑二单元", "合欢苑***"),
        ("合欢苑东楼", "合欢苑***"),
        ("合欢苑", "合欢苑"),
        ("双桥路88号合欢苑", "双桥路88号合欢苑"),
        ("水井街12号", "水井街***"),
        ("水井街12号附3号", "水井街***"),
        ("东门大桥桥头", "东门大桥桥头"),
        ("东楼街合欢苑", "东楼街合欢苑"),
        ("", ""),
    ],
)
def test_an_address_ends_at_the_compound(address, masked):
    assert masked_address(address) == masked


WHOLE = {
    Kind.NAME: "陈静",
    Kind.PHONE: "13812341234",
    Kind.NUMBER: "51010419491231002X",
    Kind.ADDRESS: "合欢苑3栋2单元",
    Kind.TEXT: "家里的情况",
}


@pytest.mark.parametrize("kind", list(Kind))
def test_every_grade_up_to_the_readers_is_whole_and_above_it_is_not(kind):
    text = WHOLE[kind]
    for grade in range(1, 5):
        for cleared in range(5):
            seen = shown(text, kind, grade=grade, cleared=cleared)
            assert (seen == text) == (grade == 1 or grade <= cleared)


def test_grade_4_and_free_text_show_nothing_at_all():
    assert shown("陈静", Kind.NAME, grade=4, cleared=3) == HIDDEN
    assert shown("家里的情况", Kind.TEXT, grade=2, cleared=1) == HIDDEN
    assert shown("陈静", Kind.NAME, grade=3, cleared=1) == "陈**"


def test_nothing_stays_nothing():
    assert shown("", Kind.NAME, grade=4, cleared=0) == ""


@pytest.mark.parametrize(("grade", "cleared"), [(0, 1), (5, 1), (2, 5), (2, -1)])
def test_a_grade_that_does_not_exist_is_refused(grade, cleared):
    with pytest.raises(ValueError, match="grades"):
        shown("x", Kind.TEXT, grade=grade, cleared=cleared)
