"""What drafts would have changed over past cases: counted by move, listed as far as one may see."""

from datetime import date, timedelta

import pytest

from gezhi.ground.jobs.worker import Worker
from gezhi.kernel import clock
from gezhi.kernel.errors import Invalid, NotPermitted, Unseen
from gezhi.records.duties import actions as duties
from gezhi.records.duties.actions import RouteWanted
from gezhi.work.cases import actions as cases
from gezhi.work.cases.tests.playing import Play
from gezhi.work.dry_runs import actions, queries, tasks
from gezhi.work.dry_runs.models import DryRun, DryRunCase
from gezhi.work.dry_runs.rules import Tally, last_month, valid_days

TODAY = date(2026, 11, 23)


@pytest.fixture
def draft(cast):
    """A draft of the street, by the unit that leads."""

    def made(name="试一条", unit=None, replaces=None, **changes):
        fields = {
            "name": name,
            "order": 10,
            "area_id": cast.street.street.pk,
            "lead_unit": unit or cast.street.water,
        }
        return duties.draft_route(
            wanted=RouteWanted(**{**fields, **changes}),
            replaces=replaces,
            by=cast.system_administrator.viewer,
        )

    return made


@pytest.fixture
def enact(cast, draft):
    def made(*args, **changes):
        row = draft(*args, **changes)
        return duties.enact_routes(route_ids=[row.pk], by=cast.system_administrator.viewer)[0]

    return made


@pytest.fixture
def sent(cast):
    """A case that was sent, to sanitation unless said otherwise."""

    def made(unit=None, **changes):
        lead = unit or cast.street.sanitation
        told = {"words": "请清运"} if changes.get("confidential") else {}
        return Play(cast).report(**changes).accept().dispatch(lead_unit_id=lead.pk, **told)

    return made


@pytest.fixture
def begin(cast):
    def begun(*drafts, by=None, first=TODAY, last=TODAY):
        return actions.begin(
            route_ids=[row.pk for row in drafts],
            first=first,
            last=last,
            by=(by or cast.supervisor).viewer,
        )

    return begun


def tally_of(row):
    return Tally.of(row.figures)


def test_cases_are_counted_by_where_they_would_have_gone(cast, sent, draft, begin):
    for _ in range(3):
        sent()
    row = begin(draft())
    tally = tally_of(row)
    assert (row.state, row.total, tally.total, tally.changed) == ("done", 3, 3, 3)
    assert dict(tally.moves) == {(0, cast.street.water.pk): 3}
    (move,) = queries.moves(tally)
    assert (move.before, move.after, move.number) == ("", cast.street.water.name, 3)


def test_what_stays_as_it_is_is_not_changed(cast, sent, draft, enact, begin):
    enact("现在的", unit=cast.street.water)
    sent()
    tally = tally_of(begin(draft(order=20)))
    assert (tally.total, tally.changed) == (1, 0)


def test_a_draft_that_replaces_a_rule_is_tried_in_its_place(cast, sent, draft, enact, begin):
    old = enact("现在的", unit=cast.street.sanitation)
    sent()
    row = begin(draft("现在的", replaces=old, order=90))
    street = cast.street
    assert dict(tally_of(row).moves) == {(street.sanitation.pk, street.water.pk): 1}


def test_it_is_told_how_often_each_names_the_unit_it_went_to_in_truth(
    cast, sent, draft, enact, begin
):
    enact("现在的", unit=cast.street.sanitation, order=20)
    sent()
    sent(cast.street.water)
    sent(cast.street.water)
    tally = tally_of(begin(draft()))
    assert (tally.agreed_before, tally.agreed_after) == (1, 2)


def test_the_hour_of_the_first_sending_counts(cast, sent, draft, begin):
    sent()
    clock.advance(timedelta(hours=9))
    sent()
    row = begin(draft(hours="off"))
    assert tally_of(row).changed == 1


def test_who_sent_it_counts_where_a_rule_asks(sent, draft, begin):
    sent()
    assert tally_of(begin(draft(held="street"))).changed == 1
    assert tally_of(begin(draft("社区派的", held="community"))).changed == 0


def test_only_cases_of_the_days_count_both_included(sent, draft, begin):
    sent()
    clock.advance(timedelta(days=2))
    sent()
    row = draft()
    assert begin(row).total == 1
    assert begin(row, last=TODAY + timedelta(days=2)).total == 2
    assert begin(row, first=TODAY + timedelta(days=1), last=TODAY + timedelta(days=1)).total == 0


def test_what_was_never_sent_does_not_count(cast, draft, begin):
    Play(cast).report().accept()
    assert tally_of(begin(draft())).total == 0


def test_a_restricted_case_is_counted_and_never_listed(cast, sent, draft, begin):
    sent(confidential=True)
    sent()
    row = begin(draft())
    tally = tally_of(row)
    assert (tally.total, tally.restricted, tally.restricted_changed) == (2, 1, 1)
    assert sum(tally.moves.values()) == 1
    assert DryRunCase.objects.count() == 1


def test_it_is_told_how_many_each_unit_would_have_got(cast, sent, draft, enact, begin):
    enact("现在的", unit=cast.street.sanitation, order=20)
    sent()
    clock.advance(timedelta(hours=9))
    sent()
    sent(confidential=True)
    shares = queries.shares(tally_of(begin(draft(hours="off"))))
    assert {(one.unit, one.before, one.after, one.more) for one in shares} == {
        (cast.street.sanitation.name, 2, 1, -1),
        (cast.street.water.name, 0, 1, 1),
    }


def test_each_lists_the_cases_they_may_see(cast, sent, draft, begin):
    case = sent().case
    row = begin(draft())
    (line,) = queries.lines(queries.changed(cast.supervisor.viewer, row))
    assert (line.number, line.before, line.after, line.actual) == (
        case.number, "", cast.street.water.name, cast.street.sanitation.name,
    )  # fmt: skip
    assert line.rule == "试一条"
    assert not queries.changed(cast.system_administrator.viewer, row).exists()


def test_what_became_restricted_since_is_listed_no_more(cast, sent, draft, begin):
    play = sent()
    row = begin(draft())
    type(play.case).objects.filter(pk=play.case.pk).update(confidentiality="restricted")
    assert not queries.changed(cast.supervisor.viewer, row).exists()


def test_many_are_reckoned_by_a_task_with_its_progress(cast, sent, draft, begin, monkeypatch):
    monkeypatch.setattr(actions, "AT_ONCE", 1)
    monkeypatch.setattr("gezhi.work.dry_runs.reckoning._CHUNK", 2)
    for _ in range(5):
        sent()
    row = begin(draft())
    assert (row.state, row.total, row.done) == ("running", 0, 0)
    Worker().run_all()
    row.refresh_from_db()
    assert (row.state, row.total, row.done, tally_of(row).changed) == ("done", 5, 5, 5)
    assert row.cases.count() == 5


def test_a_case_with_several_assignments_over_a_chunk_counts_once(
    cast, sent, draft, begin, monkeypatch
):
    monkeypatch.setattr("gezhi.work.dry_runs.reckoning._CHUNK", 3)
    for _ in range(2):
        play = sent()
        play.do(
            cases.return_to_centre,
            cast.handler.viewer,
            reason_code="not_our_duty",
            duty_id=None,
            right_unit_id=cast.street.water.pk,
            words="不归我们",
        )
        play.dispatch(lead_unit_id=cast.street.water.pk)
    tally = tally_of(begin(draft()))
    assert (tally.total, tally.agreed_after) == (2, 2)


def test_done_again_it_is_the_same(sent, draft, begin):
    sent()
    row = begin(draft())
    DryRun.objects.update(state="running")
    tasks.reckon.call(dry_run_id=row.pk)
    row.refresh_from_db()
    assert (row.state, row.cases.count(), tally_of(row).changed) == ("done", 1, 1)


def test_after_a_week_it_is_let_go_of(sent, draft, begin):
    sent()
    begin(draft())
    clock.advance(timedelta(days=8))
    assert tasks.prune.call() == 2
    assert not DryRun.objects.exists()


def test_without_a_draft_or_with_wrong_days_it_is_refused(cast, draft, begin):
    with pytest.raises(Invalid, match="请先勾选"):
        begin()
    row = draft()
    for first, last, field in (
        (TODAY, TODAY - timedelta(days=1), "last"),
        (TODAY + timedelta(days=1), TODAY + timedelta(days=1), "first"),
        (TODAY - timedelta(days=400), TODAY, "last"),
    ):
        with pytest.raises(Invalid) as refused:
            begin(row, first=first, last=last)
        assert refused.value.field == field


def test_who_sets_nothing_up_and_oversees_nothing_tries_nothing(cast, draft, begin):
    row = draft()
    with pytest.raises(NotPermitted, match="值班长"):
        begin(row, by=cast.dispatcher)
    done = begin(row, by=cast.system_administrator)
    assert queries.dry_run(cast.wang.viewer, done.pk) == done
    with pytest.raises(Unseen):
        queries.dry_run(cast.dispatcher.viewer, done.pk)


def test_last_month_is_whole():
    assert last_month(date(2026, 3, 31)) == (date(2026, 2, 1), date(2026, 2, 28))
    assert last_month(date(2026, 1, 1)) == (date(2025, 12, 1), date(2025, 12, 31))
    assert valid_days(TODAY, TODAY, TODAY) == (TODAY, TODAY)


def test_figures_are_kept_and_read_again():
    tally = Tally()
    tally.add(1, 2, 2, is_restricted=False)
    tally.add(1, 2, 1, is_restricted=True)
    tally.add(3, 3, 3, is_restricted=False)
    assert Tally.of(tally.as_figures()) == tally
    assert Tally.of({}) == Tally()
