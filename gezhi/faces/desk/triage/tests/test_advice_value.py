"""/desk/advice/value/: figures of advice by month, and what they do to trust in it."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gezhi.faces.desk.conftest import text_of
from gezhi.faces.desk.triage.advice_value import month_of, share
from gezhi.kernel import clock
from gezhi.work.triage.models import Advice, AdviceValue


def _advise(play, **changes):
    case = play.case
    fields = {"confidence": 0.9, "label": "event-0102", "method": "model"} | changes
    Advice.objects.create(
        district_id=case.district_id,
        street_id=case.street_id or 0,
        case=case,
        what="class",
        made_at=clock.now(),
        **fields,
    )


def test_a_month_without_advice_says_what_would_stand_here(cast, desk_of):
    page = text_of(desk_of(cast.supervisor).get("advice/value/"))
    assert "这个月还没有建议" in page
    assert "/desk/advice/value/tolerances/" in page


def test_coverage_taken_and_right_stand_with_their_counts(cast, play, another, desk_of):
    moment = clock.now()
    _advise(play.report(), settled_at=moment, taken=True, right=True)
    _advise(another.report(), abstained=True)
    page = text_of(desk_of(cast.wang).get("advice/value/"))
    assert "50%（1/2）" in page
    assert page.count("100%（1/1）") == 2
    assert "97%" in page


def test_only_what_was_learnt_is_held_to_the_promise(cast, play, another, desk_of):
    _advise(play.report(), method="rules", right=False)
    desk = desk_of(cast.wang)
    assert "97%" not in text_of(desk.get("advice/value/"))
    _advise(another.report(), settled_at=clock.now(), right=True)
    assert "97%（学过的 100%，1/1）" in text_of(desk.get("advice/value/"))


def test_another_month_shows_its_own_figures(cast, play, desk_of):
    with clock.moved_to(clock.now() - timedelta(days=40)):
        _advise(play.report())
        then = f"{clock.today():%Y-%m}"
    desk = desk_of(cast.wang)
    assert "这个月还没有建议" in text_of(desk.get("advice/value/"))
    assert "1/1" in text_of(desk.get("advice/value/", month=then))


@pytest.mark.parametrize("typed", ["", "2026-13", "9999-01", "1999-12", "一月", "2026-11-01"])
def test_what_is_no_month_is_this_one(cast, desk_of, typed):
    assert month_of(typed) is None
    assert desk_of(cast.wang).get("advice/value/", month=typed).status_code == 200


def test_drift_is_a_table_and_a_drawing_with_words(cast, desk_of):
    street = cast.street
    this = clock.today().replace(day=1)
    last = date(this.year - (this.month == 1), (this.month - 2) % 12 + 1, 1)
    earlier = date(last.year - (last.month == 1), (last.month - 2) % 12 + 1, 1)
    for month, right in ((earlier, 60), (last, 45)):
        AdviceValue.objects.create(
            district_id=street.district.pk, street_id=street.street.pk, what="class",
            month=month, cases=100, given=90, settled=90, taken=80, judged=60, right=right,
        )  # fmt: skip
    page = text_of(desk_of(cast.wang).get("advice/value/"))
    assert "类别正确率，从前到后：100%、75%" in page


@pytest.mark.parametrize("name", ["acceptor", "zhang", "handler", "li"])
def test_others_have_no_such_page(cast, desk_of, name):
    assert desk_of(getattr(cast, name)).get("advice/value/").status_code == 404


def test_a_share_of_nothing_is_a_dash():
    assert [share(None), share(0.0), share(0.875), share(1.0)] == ["—", "0%", "87.5%", "100%"]


def test_this_month_is_the_same_in_both_tables(cast, play, desk_of):
    _advise(play.report(), settled_at=clock.now(), taken=True, right=True)
    month, street = clock.today().replace(day=1), cast.street
    # Counted with the advice, by the database itself.
    counted = AdviceValue.objects.get(
        district_id=street.district.pk, street_id=street.street.pk, what="class", month=month
    )
    assert (counted.cases, counted.right) == (1, 1)
    page = text_of(desk_of(cast.wang).get("advice/value/"))
    assert "类别正确率，从前到后：" not in page and "75%" not in page
    assert page.count("100%") == 4


def test_the_page_asks_the_database_twelve_times_at_most(cast, play, desk_of):
    _advise(play.report(), settled_at=clock.now(), taken=True)
    desk = desk_of(cast.supervisor)
    desk.get("advice/value/")
    with CaptureQueriesContext(connection) as asked:
        desk.get("advice/value/")
    assert len(asked) <= 12, "\n".join(one["sql"][-140:] for one in asked.captured_queries)
