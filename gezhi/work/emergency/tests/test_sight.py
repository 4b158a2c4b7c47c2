"""What a roll call and the log tell of a case is what each viewer sees of it now, not what was said then."""

import pytest

from gezhi.work.cases import actions as cases
from gezhi.work.cases.models import Report
from gezhi.work.cases.tests.playing import TOLD_TO_THE_UNIT, Play, a_class, fresh_key
from gezhi.work.emergency import actions, queries
from gezhi.work.emergency.models import Answer, LogLine
from gezhi.work.emergency.tests.test_switching import _answer

WORDS = "3 栋 501 的王老太在地下室摔倒"


@pytest.fixture
def row(switch_on):
    return switch_on()


@pytest.fixture
def case(cast, row):
    """The case that trouble in grid one became; the log names it three times."""
    found = _answer(cast, row, text=WORDS).case
    actions.name_major(
        emergency_id=row.pk, number=found.number, user_id=cast.wang.user_id, by=cast.wang.viewer
    )
    return found


def _do(deed, case, by, **arguments):
    deed(number=case.number, by=by, key=fresh_key(), **arguments)


def _kept(cast, case):
    _do(cases.restrict, case, cast.acceptor.viewer)


def _told(viewer, row):
    """Everything that grids, the log, its print and the phone tell this viewer of cases."""
    log = queries.log_words(viewer, list(queries.log_rows(row)))
    grids = queries.grids_of(viewer, row, queries.latest_call(row))
    asked = queries.asked_of(viewer)
    return repr((grids, log, queries.log_of(viewer, row), [one.case_number for one in asked]))


@pytest.mark.parametrize("name", ["acceptor", "supervisor", "wang", "li", "zhang"])
def test_who_sees_the_case_reads_what_was_said_and_its_number(cast, row, case, name):
    told = _told(getattr(cast, name).viewer, row)
    assert WORDS in told
    assert case.number in told


@pytest.mark.parametrize("name", ["zhao", "sun", "handler", "tang"])
def test_who_does_not_see_the_case_reads_neither(cast, row, case, name):
    told = _told(getattr(cast, name).viewer, row)
    assert "只有经办的人看得到" in told
    assert WORDS not in told
    assert case.number not in told


@pytest.mark.parametrize(
    ("name", "instead"),
    [
        ("supervisor", "保密的事"), ("wang", "保密的事"), ("li", "只有经办的人看得到"),
        ("zhang", "只有经办的人看得到"), ("dispatcher", "只有经办的人看得到"),
        ("checker", "只有经办的人看得到"), ("zhao", "只有经办的人看得到"),
    ],
)  # fmt: skip
def test_what_was_made_confidential_since_is_told_to_whoever_has_it_in_hand(
    cast, row, case, name, instead
):
    _kept(cast, case)
    told = _told(getattr(cast, name).viewer, row)
    assert instead in told
    assert WORDS not in told
    assert case.number not in told
    acceptor = _told(cast.acceptor.viewer, row)
    assert WORDS in acceptor
    assert case.number in acceptor


def test_a_unit_that_has_it_in_hand_reads_the_number_and_not_the_words(cast, row, case):
    _kept(cast, case)
    _do(cases.accept, case, cast.acceptor.viewer, class_code=a_class(), kind="complaint")
    _do(
        cases.dispatch, case, cast.dispatcher.viewer,
        lead_unit_id=cast.street.sanitation.pk, words=TOLD_TO_THE_UNIT,
    )  # fmt: skip
    told = _told(cast.handler.viewer, row)
    assert case.number in told
    assert "保密的事" in told
    assert WORDS not in told


def test_what_was_merged_into_a_confidential_case_is_read_with_that_one(cast, row, case):
    kept = Play(cast).report(confidential=True)
    _do(cases.merge, case, cast.acceptor.viewer, into=kept.case.number)
    assert WORDS not in _told(cast.supervisor.viewer, row)
    assert WORDS in _told(cast.acceptor.viewer, row)


def test_who_names_whom_for_a_case_nobody_told_of_is_not_told_either(cast, row, case):
    _kept(cast, case)
    log = queries.log_words(cast.li.viewer, list(queries.log_rows(row)))
    named = next(line for line in log if line.code == "named")
    assert (named.person, named.who, named.number) == ("", "", "")
    log = queries.log_words(cast.supervisor.viewer, list(queries.log_rows(row)))
    named = next(line for line in log if line.code == "named")
    assert (named.person, named.number) == (cast.wang.name, "")


def test_erased_words_are_erased_here_too(cast, row, case):
    cases.erase_reporter(
        number=Report.objects.get(case=case).number, by=cast.security_administrator.viewer,
        words="本人到大厅申请", key=fresh_key(),
    )  # fmt: skip
    assert WORDS not in _told(cast.acceptor.viewer, row)
    assert case.number in _told(cast.acceptor.viewer, row)


def test_the_words_of_trouble_stand_with_its_case_alone(cast, row, case):
    assert Answer.objects.get(case=case).words == ""
    assert not LogLine.objects.filter(case=case).exclude(words="").exists()


def test_an_emergency_ends_though_a_major_case_became_confidential(cast, row):
    by = cast.supervisor.viewer
    case = _answer(cast, row, text=WORDS).case
    actions.name_major(emergency_id=row.pk, number=case.number, user_id=None, by=by)
    _kept(cast, case)
    (shown,) = queries.nameless(by, row)
    assert (shown.title, shown.number, shown.place) == ("保密的事", case.number, "")
    assert queries.commanded_case(by, row, case.number) == shown
    actions.name_major(emergency_id=row.pk, number=case.number, user_id=cast.wang.user_id, by=by)
    assert queries.nameless(by, row) == []
    off = actions.switch_off(emergency_id=row.pk, summary="雨停了", goes_on=True, by=by)
    assert not off.is_on
    within = queries.cases_within(by, off)
    assert (queries.counts_of(off, within).all, queries.kept_count(by, off, ended=True)) == (0, 1)
    assert queries.kept_count(cast.li.viewer, off, ended=True) == 0
