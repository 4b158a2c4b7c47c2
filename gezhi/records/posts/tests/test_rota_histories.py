"""Whatever is done to a rota: nobody is named twice, the rest is what the pattern says, the past stays."""

from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gezhi.kernel import clock
from gezhi.kernel.errors import Refusal
from gezhi.records.posts import actions, rota_gaps, shifts
from gezhi.records.posts.models import Rota, RotaChange, Shift, Swap
from gezhi.records.posts.rota_words import LineDraft
from tests.cast import Cast

_DEEDS = ("set", "clear", "take_back", "ask", "agree", "refuse", "end", "night", "wait", "wait")


class Duty:
    """One rota of the community office and what is done to it."""

    def __init__(self, cast: Cast) -> None:
        self.people = (cast.zhang, cast.zhao, cast.li)
        self.by = cast.li.viewer
        self.now = clock.now()
        people = tuple(one.user_id for one in self.people)
        with clock.moved_to(self.now):
            self.rota = actions.begin_rota(
                unit=cast.street.office,
                name="值班",
                lines=[
                    LineDraft("every", 17 * 60, 9 * 60, people),
                    LineDraft("rest", 9 * 60, 17 * 60, people[1:]),
                ],
                from_day=clock.today(),
                by=self.by,
            )

    def do(self, deed: str, number: int) -> None:
        """One deed; a refusal is an answer like any other."""
        if deed == "wait":
            self.now += timedelta(hours=number * 3 + 1)
            return
        with clock.moved_to(self.now):
            try:
                with transaction.atomic():
                    getattr(self, f"_{deed}")(number)
            except Refusal:
                return

    def _span(self, number: int) -> tuple[datetime, datetime]:
        start = self.now + timedelta(hours=number * 5 - 8)
        return start, start + timedelta(hours=6 + number)

    def _set(self, number: int) -> None:
        from_at, to_at = self._span(number)
        actions.set_shift(
            rota_id=self.rota.pk, from_at=from_at, to_at=to_at,
            user_id=self.people[number % 3].user_id, reason="换人", by=self.by,
        )  # fmt: skip

    def _clear(self, number: int) -> None:
        from_at, to_at = self._span(number)
        actions.set_shift(
            rota_id=self.rota.pk, from_at=from_at, to_at=to_at, user_id=None, reason="停",
            by=self.by,
        )  # fmt: skip

    def _take_back(self, number: int) -> None:
        for change in RotaChange.objects.order_by("-id")[number % 2 : number % 2 + 1]:
            actions.take_back_change(change_id=change.pk, by=self.by)

    def _ask(self, number: int) -> None:
        person = self.people[number % 3]
        coming = Shift.objects.filter(from_at__gt=self.now).order_by("from_at")
        mine = coming.filter(user_id=person.user_id).first()
        theirs = coming.exclude(user_id=person.user_id).exclude(user=None).first()
        if mine is not None and theirs is not None:
            actions.ask_swap(shift_id=mine.pk, for_shift_id=theirs.pk, by=person.viewer)

    def _agree(self, _number: int) -> None:
        self._answer(actions.agree_swap)

    def _refuse(self, _number: int) -> None:
        self._answer(actions.refuse_swap)

    def _answer(self, act) -> None:
        swap = Swap.objects.filter(state="asked").order_by("-id").first()
        if swap is not None:
            asked = {one.user_id: one.viewer for one in self.people}
            act(swap_id=swap.pk, by=asked[swap.asked_of_id])

    def _end(self, number: int) -> None:
        last = clock.today() + timedelta(days=number + 3)
        actions.end_rota(rota_id=self.rota.pk, last_day=last, by=self.by)

    def _night(self, _number: int) -> None:
        rota_gaps.write_ahead()

    def past(self) -> list[tuple[datetime, int | None]]:
        """Who was on duty at each hour up to now."""
        found = []
        at = self.rota.made_at
        rows = list(self.rota.shifts.all())
        while at < self.now:
            here = [row.user_id for row in rows if row.from_at <= at < row.to_at]
            assert len(here) <= 1, "two for one moment"
            found.append((at, here[0] if here else -1))
            at += timedelta(hours=1)
        return found


@pytest.mark.django_db
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(_DEEDS), st.integers(0, 6)), min_size=4, max_size=20))
def test_whatever_is_done_the_past_stays_and_the_rest_is_the_plan(cast, deeds):
    with transaction.atomic():
        duty = Duty(cast)
        past: list[tuple[datetime, int | None]] = []
        for deed, number in deeds:
            duty.do(deed, number)
            now = duty.past()
            assert now[: len(past)] == past, "who was on duty then is true no more"
            past = now
        with clock.moved_to(duty.now):
            rota = Rota.objects.get(pk=duty.rota.pk)
            shifts.write(rota)
            assert shifts.write(rota) == 0
            rows = list(rota.shifts.filter(to_at__gt=duty.now).order_by("from_at"))
            assert all(one.to_at <= other.from_at for one, other in pairwise(rows))
            wanted = [
                one for one in shifts.planned_of(rota, shifts.horizon()) if one.to_at > duty.now
            ]
            assert [(max(one.from_at, duty.now), one.to_at, one.user_id) for one in wanted] == [
                (max(row.from_at, duty.now), row.to_at, row.user_id) for row in rows
            ]
        transaction.set_rollback(True)
