"""The packs that come with the house are whole and answer what the loop asks."""

from datetime import date

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from gezhi.ground.codes import queries
from gezhi.ground.codes.actions import import_pack
from gezhi.ground.codes.folder import folders_of_packs
from gezhi.kernel.viewer import Viewer
from gezhi.kernel.workdays import Limit, LimitUnit

pytestmark = pytest.mark.django_db
OPERATOR = Viewer.system("test")
STAGES = (
    ["verifying", "accepting", "dispatching", "taking", "handling", "checking", "closing", "answering"]
)  # fmt: skip


@pytest.fixture
def packs():
    for folder in folders_of_packs(settings.GEZHI_PACKS):
        import_pack(folder, by=OPERATOR)


def test_every_dictionary_the_house_asks_for_is_there(packs):
    asked = (
        ["matters", "request_kinds", "limits", "figures", "channels", "urgency", "scale", "reject_reasons", "return_reasons", "professions", "answers", "confidentiality"]
    )  # fmt: skip
    assert [dictionary for dictionary in asked if not queries.terms(dictionary)] == []
    assert all(queries.pack_holding(dictionary) for dictionary in asked)


def test_every_stage_has_a_limit_for_every_urgency(packs):
    for stage in STAGES:
        for urgency in queries.terms("urgency"):
            assert queries.limit(stage, urgency=urgency.code).value > 0


def test_every_class_a_case_can_have_answers_with_a_limit(packs):
    for class_term in queries.terms("matters"):
        assert queries.limit("handling", class_code=class_term.code).value > 0


def test_an_urgent_case_is_accepted_by_the_urgent_row(packs):
    assert queries.limit("accepting") == Limit(2, LimitUnit.WORKING_HOURS)
    assert queries.limit("accepting", urgency="urgent") == Limit(0.5, LimitUnit.URGENT_HOURS)
    assert queries.limit("closing", urgency="urgent") == queries.limit("closing")


def test_handling_asks_the_class_its_parents_and_then_the_general_row(write_pack):
    import_pack(
        write_pack(
            "small",
            limits=[
                {"code": "handling", "name": "处置", "value": "5", "unit": "working_days"},
            ],
            matters=[
                {"code": "a", "name": "甲", "limit_value": "3", "limit_unit": "working_days"},
                {"code": "a-1", "name": "甲一", "parent": "a", "limit_value": "", "limit_unit": ""},
                {"code": "b", "name": "乙"},
            ],
        ),
        by=OPERATOR,
    )
    assert queries.limit("handling", class_code="a-1").value == 3
    assert queries.limit("handling", class_code="b").value == 5
    assert queries.limit("handling", class_code="unheard-of").value == 5
    assert queries.limit("handling").value == 5
    with pytest.raises(ImproperlyConfigured, match="accepting"):
        queries.limit("accepting")
    with pytest.raises(ImproperlyConfigured, match="reopen_days"):
        queries.figure("reopen_days")


def test_figures_are_numbers(packs):
    assert queries.figure("reopen_days") > 0
    assert 0 < queries.figure("yellow_share") < 1


def test_the_calendar_knows_the_notices(packs):
    calendar = queries.calendar()
    assert not calendar.is_working(date(2026, 10, 1))
    assert calendar.is_settled(date(2026, 10, 1))
    assert queries.calendar() is calendar
    assert queries.calendar_version()
