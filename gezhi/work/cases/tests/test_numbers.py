"""A report's number is chance: nothing that strangers may see tells it."""

from itertools import chain, repeat

import pytest
from django.db import IntegrityError

from gezhi.kernel import secrets
from gezhi.kernel.errors import Unseen
from gezhi.work.cases import actions, numbers, queries
from gezhi.work.cases.models import Case, Report
from gezhi.work.cases.tests.playing import Play, fresh_key


def drawing(monkeypatch: pytest.MonkeyPatch, *drawn: int) -> None:
    """Chance gives these, then the last one for ever."""
    given = chain(drawn, repeat(drawn[-1]))
    monkeypatch.setattr(numbers, "randbelow", lambda most: next(given))


def test_the_number_of_a_report_has_nothing_of_its_cases(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawing(monkeypatch, 4_821_093, 7)
    play.report()
    first, case = play.receipt.number, play.case
    play.report()
    assert (first[6:], play.receipt.number[6:]) == ("4821093", "0000007")
    assert case.number[-7:] not in (first[6:], play.receipt.number[6:])
    assert int(play.case.number[-7:]) == int(case.number[-7:]) + 1


def test_numbers_are_spread_over_all_seven_digits(play: Play) -> None:
    drawn = set()
    for _one in range(12):
        play.report()
        drawn.add(int(play.receipt.number[6:]))
    # Twelve of ten million within a thousandth of them: once in 10³³ by chance.
    assert max(drawn) - min(drawn) > 10_000


@pytest.mark.parametrize("joining", [False, True])
def test_a_number_of_the_same_day_is_drawn_again(
    play: Play, monkeypatch: pytest.MonkeyPatch, joining: bool
) -> None:
    drawing(monkeypatch, 5, 5, 5, 6)
    play.report()
    case = play.case
    if joining:
        receipt = actions.join(
            intake=play.intake(), case=case, by=play.cast.acceptor.viewer, key=fresh_key()
        )
    else:
        play.report()
        receipt = play.receipt
    assert receipt.number[6:] == "0000006"
    assert Report.objects.count() == 2
    assert Case.objects.count() == (1 if joining else 2)


def test_when_every_draw_is_taken_nothing_is_written(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawing(monkeypatch, 5)
    play.report()
    with pytest.raises(IntegrityError):
        play.report()
    assert Report.objects.count() == Case.objects.count() == 1


def test_two_districts_may_have_one_number_and_the_code_tells(play: Play) -> None:
    play.report()
    own = Report.objects.get()
    play.report()
    other = Report.objects.exclude(pk=own.pk).get()
    elsewhere = type(play.cast.street.district).objects.create(id=99, code="990101", name="别区")
    Report.objects.filter(pk=other.pk).update(number=own.number, district_id=elsewhere.pk)
    for row in (own, other):
        code = secrets.receipt_code(row.pk)
        assert queries.report_by_code(own.number, code).pk == row.pk
    with pytest.raises(Unseen):
        queries.report_by_code(own.number, "1" * 16)


def test_a_number_given_out_by_serial_before_still_opens(play: Play) -> None:
    play.report()
    row = Report.objects.get()
    old = f"{row.number[:6]}{play.case.number[-7:]}"
    Report.objects.filter(pk=row.pk).update(number=old)
    assert queries.report_by_code(old, secrets.receipt_code(row.pk)).pk == row.pk
