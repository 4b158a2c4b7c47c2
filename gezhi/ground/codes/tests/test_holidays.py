"""A year's notice read from its own words, kept from nonsense, changed by a day."""

from datetime import date

import pytest

from gezhi.ground.codes.holidays import (
    Arrangement,
    DayKind,
    arrangements_of,
    validate_year,
    with_day,
    year_rows,
)
from gezhi.ground.codes.notice import notice_text, read_notice
from gezhi.ground.codes.rules import RowOfTerm
from gezhi.kernel.errors import Invalid
from gezhi.kernel.workdays import Calendar, notices_from

# 国办发明电〔2025〕7号, as it stands.
NOTICE = """一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
"""


def _day(month, day, year=2026):
    return date(year, month, day)


def test_the_notice_is_read_in_its_own_words():
    found = read_notice(NOTICE, 2026)
    validate_year(found, 2026)
    assert [one.name for one in found] == [
        "元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节",
    ]  # fmt: skip
    assert (found[1].off_from, found[1].off_to) == (_day(2, 15), _day(2, 23))
    assert found[1].worked == (_day(2, 14), _day(2, 28))
    assert found[6].worked == (_day(9, 20), _day(10, 10))


def test_what_is_read_is_what_the_pack_of_that_year_says():
    from django.conf import settings

    from gezhi.ground.codes.folder import read_folder

    rows = read_folder(settings.GEZHI_PACKS / "calendar").rows
    known = arrangements_of(rows, 2026)
    assert [one.days for one in known] == [one.days for one in read_notice(NOTICE, 2026)]
    assert [one.worked for one in known] == [one.worked for one in read_notice(NOTICE, 2026)]


def test_every_year_of_the_pack_is_written_in_words_and_read_back_the_same():
    from django.conf import settings

    from gezhi.ground.codes.folder import read_folder

    rows = read_folder(settings.GEZHI_PACKS / "calendar").rows
    for year in range(2010, 2028):
        known = arrangements_of(rows, year)
        assert read_notice(notice_text(known), year) == known
        validate_year(known, year)


@pytest.mark.parametrize(
    ("line", "first", "last"),
    [
        ("元旦：2027-01-01 至 2027-01-03 放假", _day(1, 1, 2027), _day(1, 3, 2027)),
        ("元旦: 2027年1月1日放假", _day(1, 1, 2027), _day(1, 1, 2027)),
        ("元旦：2026年12月31日至1月2日放假", _day(12, 31, 2026), _day(1, 2, 2027)),
        ("劳动节：5月1日放假，与周末连休", _day(5, 1, 2027), _day(5, 2, 2027)),
    ],
)
def test_other_ways_of_writing_are_read(line, first, last):
    (one,) = read_notice(line, 2027)
    assert (one.off_from, one.off_to) == (first, last)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1月1日至3日放假", "第 1 行：要先写节日"),
        ("元旦：放假三天", "没有读到日期"),
        ("元旦：2月30日放假", "没有 2月30日 这一天"),
        ("元旦：3日放假", "前面要写几月"),
        ("元旦：1月1日、1月2日放假", "中间用“至”"),
        ("元旦：1月1日至2日放假，共3天。", "写着共 3 天，从日期算是 2 天"),
        ("\n春节：1月1日至1月2日至1月3日放假", "第 2 行：一行只写一段"),
    ],
)
def test_what_cannot_be_read_is_explained_with_its_line(text, said):
    with pytest.raises(Invalid, match=r"第 [12] 行") as refused:
        read_notice(text, 2027)
    assert said in str(refused.value.message)
    assert refused.value.field == "text"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("春节：2月1日至2月16日放假", "最多 15 天"),
        ("春节：2月5日至2月1日放假", "结束在开始之前"),
        ("元旦：2028年5月1日放假", "不在 2027 年的安排里"),
        ("元旦：1月1日放假。1月4日上班。", "本来就上班"),
        ("元旦：1月1日至3日放假。1月2日上班。", "又放假又上班"),
        ("元旦：1月1日至3日放假。\n清明：1月3日放假。", "里都放假"),
    ],
)
def test_nonsense_is_refused_with_its_reason(text, said):
    with pytest.raises(Invalid) as refused:
        validate_year(read_notice(text, 2027), 2027)
    assert said in str(refused.value.message)


SPRING = Arrangement("春节", _day(2, 15), _day(2, 23), (_day(2, 14), _day(2, 28)))


def test_a_day_in_a_festival_made_plain_cuts_it_in_two_and_keeps_its_make_up_days():
    first, second = with_day([SPRING], _day(2, 18), DayKind.PLAIN, "")
    assert (first.off_to, second.off_from) == (_day(2, 17), _day(2, 19))
    assert first.worked == SPRING.worked


def test_a_make_up_day_taken_back_is_a_weekend_again():
    (one,) = with_day([SPRING], _day(2, 28), DayKind.PLAIN, "")
    assert one.worked == (_day(2, 14),)


def test_a_day_off_and_a_make_up_day_are_added_with_what_they_are_for():
    found = with_day([SPRING], _day(3, 2), DayKind.OFF, "停电")
    assert found[-1] == Arrangement("停电", _day(3, 2), _day(3, 2))
    found = with_day([SPRING], _day(3, 7), DayKind.WORKED, "补班")
    assert found[-1].worked == (_day(3, 7),)
    with pytest.raises(Invalid):
        with_day([SPRING], _day(3, 7), DayKind.WORKED, " ")


def test_rows_keep_the_codes_of_festivals_that_keep_their_names():
    rows = [
        RowOfTerm("calendar_year", "2026", "2026年", data={"announced": "no", "notice": ""}),
        RowOfTerm("calendar_arrangement", "2026-spring", "春节", "Spring", "2026"),
        RowOfTerm("calendar_arrangement", "2026-other", "别的", "", "2026"),
    ]
    made, gone = year_rows(
        rows, 2026, [SPRING, Arrangement("补班", None, None, (_day(3, 7),))],
        announced=True, notice="国办发明电〔2025〕7号", published="2025-11-04",
    )  # fmt: skip
    assert [row.code for row in made] == ["2026", "2026-spring", "2026-2"]
    assert made[0].data["announced"] == "yes"
    assert gone == [("calendar_arrangement", "2026-other")]
    calendar = Calendar(
        notices_from(
            [{"code": "2026", **made[0].data}],
            [{"parent": row.parent_code, **row.data} for row in made[1:]],
        )
    )
    assert not calendar.is_working(_day(2, 16))
    assert calendar.is_working(_day(3, 7))
