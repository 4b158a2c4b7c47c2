"""Which rule fits a case first, which two contradict, which never comes to fire; without a database."""

from datetime import date

import pytest

from gezhi.kernel.errors import Invalid
from gezhi.kernel.viewer import Level
from gezhi.records.duties.rules import (
    Asked,
    Condition,
    Rule,
    choose,
    contradict,
    season,
    shadowed_by,
    valid_season,
)

MONDAY = date(2026, 11, 23)
SATURDAY = date(2026, 11, 28)
STREET, COMMUNITY, GRID, NEXT = 1, 2, 3, 4
AREAS = {
    STREET: (Level.STREET, frozenset({STREET})),
    COMMUNITY: (Level.COMMUNITY, frozenset({COMMUNITY, STREET})),
    GRID: (Level.GRID, frozenset({GRID, COMMUNITY, STREET})),
    NEXT: (Level.COMMUNITY, frozenset({NEXT, STREET})),
}


def rule(id=1, lead=7, order=10, area=STREET, code="", begins=date(2026, 1, 1), ends=None, **when):
    level, areas = AREAS[area]
    classes = tuple(code[:length] for length in range(len(code), 0, -1))
    condition = Condition(code, classes, area, level, areas, **when)
    return Rule(id, f"第{id}条", order, condition, lead, begins, ends)


def asked(code="T0101", day=MONDAY, minute=600, is_working=True, urgency="ordinary", held=""):
    classes = tuple(code[:length] for length in range(len(code), 0, -1))
    areas = frozenset({STREET, COMMUNITY, GRID})
    return Asked(classes, areas, day, minute, is_working, urgency, held)


def first(rules, one):
    chosen = choose(rules, one)
    return chosen and chosen.rule.id


def test_the_smaller_order_goes_first_and_of_one_order_the_older():
    assert first([rule(3, order=20), rule(2, order=10), rule(1, order=10)], asked()) == 1


def test_a_class_its_family_and_any_class_fit():
    assert first([rule(1, code="T0101")], asked()) == 1
    assert first([rule(1, code="T01")], asked()) == 1
    assert first([rule(1)], asked()) == 1
    assert first([rule(1, code="T02")], asked()) is None


def test_an_area_fits_what_lies_in_it_and_a_district_everything():
    assert first([rule(1, area=GRID)], asked()) == 1
    assert first([rule(1, area=NEXT)], asked()) is None
    everywhere = Condition(area_id=99, area_level=Level.DISTRICT, areas=frozenset({99}))
    assert first([Rule(1, "", 1, everywhere, 7, date(2026, 1, 1))], asked()) == 1


@pytest.mark.parametrize(
    ("minute", "is_working", "fits"),
    [(539, True, "off"), (540, True, "working"), (1019, True, "working"), (1020, True, "off"),
     (600, False, "off")],
)  # fmt: skip
def test_working_hours_begin_at_the_minute_and_all_the_rest_is_outside(minute, is_working, fits):
    one = asked(minute=minute, is_working=is_working)
    assert (first([rule(1, hours="working")], one) == 1) == (fits == "working")
    assert (first([rule(1, hours="off")], one) == 1) == (fits == "off")


def test_days_of_the_week_and_a_season_over_new_year():
    assert first([rule(1, weekdays="67")], asked(day=SATURDAY)) == 1
    assert first([rule(1, weekdays="67")], asked()) is None
    winter = rule(1, season_from="1101", season_to="0315")
    assert first([winter], asked(day=date(2027, 1, 31))) == 1
    assert first([winter], asked(day=date(2026, 7, 1))) is None


def test_urgency_and_the_level_that_sends():
    assert first([rule(1, urgency="urgent")], asked()) is None
    assert first([rule(1, urgency="urgent")], asked(urgency="urgent")) == 1
    assert first([rule(1, held="community")], asked()) is None
    assert first([rule(1, held="community")], asked(held="community")) == 1


def test_a_rule_counts_from_its_first_day_until_before_its_last():
    one = rule(1, begins=MONDAY, ends=SATURDAY)
    assert first([one], asked(day=MONDAY)) == 1
    assert first([one], asked(day=SATURDAY)) is None
    assert first([one], asked(day=date(2026, 11, 22))) is None


def test_the_one_that_would_have_come_next_is_told():
    chosen = choose([rule(1), rule(2, order=20, lead=8)], asked())
    assert chosen is not None
    assert chosen.next is not None
    assert chosen.next.id == 2


def test_two_of_one_order_that_meet_and_lead_apart_contradict():
    one = rule(1, code="T01")
    assert contradict(one, rule(2, code="T0101", lead=8))
    assert not contradict(one, rule(2, code="T0101", lead=7))
    assert not contradict(one, rule(2, code="T0101", lead=8, order=11))
    assert not contradict(one, rule(2, code="T02", lead=8))


@pytest.mark.parametrize(
    ("one", "other", "meet"),
    [
        ({"area": COMMUNITY}, {"area": NEXT}, False),
        ({"hours": "working"}, {"hours": "off"}, False),
        ({"hours": "working", "opens": 480}, {"hours": "off"}, True),
        ({"hours": "working", "closes": 700}, {"hours": "working", "opens": 700}, False),
        ({"weekdays": "67"}, {"weekdays": "12345"}, False),
        ({"weekdays": "67"}, {"weekdays": "7"}, True),
        ({"season_from": "0501", "season_to": "0930"},
         {"season_from": "1001", "season_to": "0430"}, False),
        ({"urgency": "urgent"}, {"urgency": "ordinary"}, False),
        ({"urgency": "urgent"}, {}, True),
        ({"held": "street"}, {"held": "community"}, False),
        ({"ends": MONDAY}, {"begins": MONDAY}, False),
    ],
)  # fmt: skip
def test_what_can_never_meet_does_not_contradict(one, other, meet):
    assert contradict(rule(1, **one), rule(2, lead=8, **other)) is meet
    assert contradict(rule(2, lead=8, **other), rule(1, **one)) is meet


@pytest.mark.parametrize(
    ("above", "below", "never"),
    [
        ({}, {"code": "T01", "area": GRID, "hours": "off", "urgency": "urgent"}, True),
        ({"code": "T01"}, {"code": "T0101"}, True),
        ({"code": "T0101"}, {"code": "T01"}, False),
        ({"area": COMMUNITY}, {"area": GRID}, True),
        ({"area": GRID}, {"area": COMMUNITY}, False),
        ({"hours": "working"}, {}, False),
        ({"hours": "working"}, {"hours": "working", "opens": 600}, True),
        ({"hours": "working", "opens": 600}, {"hours": "working"}, False),
        ({"hours": "off", "opens": 600}, {"hours": "off"}, True),
        ({"weekdays": "567"}, {"weekdays": "67"}, True),
        ({"season_from": "0501", "season_to": "0930"}, {"season_from": "0601", "season_to": "0630"},
         True),
        ({"season_from": "0501", "season_to": "0930"}, {}, False),
        ({"ends": MONDAY}, {}, False),
        ({"begins": MONDAY}, {}, False),
    ],
)  # fmt: skip
def test_a_rule_never_fires_below_one_that_always_does(above, below, never):
    found = shadowed_by(rule(2, order=20, **below), [rule(1, **above)])
    assert (found is not None) is never
    assert shadowed_by(rule(1, **above), [rule(2, order=20, **below)]) is None


def test_a_season_is_both_ends_or_none():
    assert len(season("", "")) == 366
    assert season("1231", "0101") == {"1231", "0101"}
    assert valid_season("0501", "0930") == ("0501", "0930")
    for first_day, last_day in (("0501", ""), ("", "0930"), ("0230", "0301"), ("0501", "0931")):
        with pytest.raises(Invalid):
            valid_season(first_day, last_day)
