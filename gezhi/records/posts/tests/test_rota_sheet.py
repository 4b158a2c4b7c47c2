"""Duty by sheet: a line is a change of one rota, and is taken back as one."""

import pytest

from gezhi.ground.sheets.declared import Line
from gezhi.kernel.errors import Conflict, Invalid
from gezhi.records.posts import rota_sheet
from gezhi.records.posts.tests.test_rota import at, nights, who

__all__ = ["nights"]


def store(cells, by):
    """One line as a batch stores it: its problem refuses it."""
    one = Line(2, cells)
    book = rota_sheet.RotaBook(by, [one])
    seen = book.preview(one)
    for field, said in seen.problems.items():
        raise Invalid(said, field=field)
    return book.store(seen)


def line(**cells):
    return {"day": "2026-11-23", "from": "17:00", "to": "9:00", "who": "李玉芳", **cells}


def test_a_line_holds_in_the_place_of_the_pattern_until_it_is_taken_back(cast, nights):
    nights()
    made = store(line(), cast.li.viewer)
    assert who(cast, at(20)) == ["李玉芳"]
    rota_sheet.take_back(made, cast.li.viewer)
    assert who(cast, at(20)) == ["张小川"]
    with pytest.raises(Conflict, match="已经撤掉"):
        rota_sheet.take_back(made, cast.li.viewer)


def test_somebody_is_known_by_the_staff_number_too(cast, nights):
    nights()
    store(line(who="WG102", to="24:00"), cast.li.viewer)
    assert who(cast, at(20)) == ["赵德海"]
    assert who(cast, at(1, day=1)) == ["张小川"]


@pytest.mark.parametrize(
    ("cells", "field", "said"),
    [
        ({"who": "陈刚"}, "who", "请改姓名或工号"),
        ({"day": "下周"}, "day", "2026-11-23 这样"),
        ({"day": "2026-11-20"}, "day", "已经过去"),
        ({"from": "晚上"}, "from", "17:00 这样"),
        ({"to": "25:00"}, "to", "00:00 到 24:00"),
        ({"rota": "白班"}, "rota", "先在“值班”里建一张"),
    ],
)
def test_what_makes_no_sense_is_refused_at_its_cell(cast, nights, cells, field, said):
    nights()
    with pytest.raises(Invalid, match=said) as refused:
        store(line(**cells), cast.li.viewer)
    assert refused.value.field == field


def test_of_two_rotas_the_line_says_which(cast, nights):
    nights()
    nights(cast.li, name="电话值班", doubled=True)
    with pytest.raises(Invalid, match="请写上是哪一张"):
        store(line(), cast.li.viewer)
    store(line(rota="电话值班", who="张小川"), cast.li.viewer)
    assert who(cast, at(20)) == ["张小川", "张小川"]


def test_a_chief_says_of_which_unit_where_two_have_one_of_the_name(cast, nights):
    nights()
    nights(cast.sun, unit=cast.street.other_office, by=cast.sun.viewer)
    with pytest.raises(Invalid, match="请写上单位"):
        store(line(rota="夜间值班"), cast.supervisor.viewer)
    there = line(rota="夜间值班", unit="梧桐社区居委会", who="孙慧", **{"from": "16:00"})
    store(there, cast.supervisor.viewer)
    assert who(cast, at(16), cast.street.other_office) == ["孙慧"]


def test_a_shift_that_stands_as_it_is_changes_nothing(cast, nights):
    nights()
    one = line(
        day="2026-11-23", **{"from": "2026-11-23 17:00", "to": "2026-11-24 09:00"}, who="张小川"
    )
    assert rota_sheet.RotaBook(cast.li.viewer, [one := Line(2, one)]).preview(one).is_done


def test_nobody_may_be_named_as_nobody(cast, nights):
    nights()
    store(line(who="没有人"), cast.li.viewer)
    assert who(cast, at(20)) == []


def test_a_line_that_puts_somebody_on_duty_twice_says_so_and_goes_in(cast, nights):
    nights()
    nights(cast.li, name="电话值班", doubled=True)
    one = Line(2, line(rota="电话值班", who="张小川"))
    seen = rota_sheet.RotaBook(cast.li.viewer, [one]).preview(one)
    assert not seen.problems
    assert "张小川 11月23日 17:00–次日 09:00，已在“夜间值班”值 17:00–次日 09:00" in seen.note
