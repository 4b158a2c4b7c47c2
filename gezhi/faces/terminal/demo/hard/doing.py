"""How the deeds of hard roads are done: who asks, who decides, of whom."""

from datetime import date, datetime, timedelta
from typing import Any, Final

from gezhi.faces.terminal.demo.deeds import UNIT_ROLES, Deeds
from gezhi.faces.terminal.demo.offices import property_of
from gezhi.faces.terminal.demo.plot import Running
from gezhi.ground.codes import queries as codes
from gezhi.kernel import clock, workdays
from gezhi.kernel.viewer import Role, Viewer
from gezhi.kernel.workdays import Limit, LimitUnit
from gezhi.records.duties.models import Duty
from gezhi.records.duties.queries import duty_for
from gezhi.records.units import queries as units
from gezhi.work.cases import actions
from gezhi.work.cases.appealing import appealable
from gezhi.work.cases.models import Case, Precedent

_OFFICE: Final = "office-"
_HALF_HOUR: Final = 1_800


class HardDeeds(Deeds):
    """All deeds, those of a hard road with its words and units; `now` is when the demo is made."""

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = clock.local(now).date()

    # Who.

    def _unit(self, key: str, case: Case) -> int:
        """The unit of a key; `office` and `property` are those of where the case lies."""
        key = key.rstrip("!")
        if key in {"office", "property"}:
            office = next(
                name
                for name, unit in self._cast.units.items()
                if name.startswith(_OFFICE) and unit.area_id == case.community_id
            )
            key = office if key == "office" else property_of(office.removeprefix(_OFFICE))
        return self._cast.units[key].pk

    def _units(self, case: Case, running: Running) -> list[int]:
        return [self._unit(key, case) for key in running.act.units]

    def _of_the_unit(self, case: Case, running: Running) -> Viewer:
        """Somebody of the unit the act names first; of the one that holds the case where it names none."""
        named = self._units(case, running)
        holder = named[0] if named else case.holder_id
        return self._cast.of_unit(holder, UNIT_ROLES, running.life.serial)

    def _chief(self, running: Running) -> Viewer:
        role = Role.LEADER if running.act.by == "leader" else Role.SUPERVISOR
        return self._cast.of_centre(role, running.life.serial)

    def _dispatcher(self, running: Running) -> Viewer:
        return self._cast.of_centre(Role.DISPATCHER, running.life.serial)

    def _cited(self, case: Case, running: Running) -> Duty | None:
        return duty_for(self._district_id, running.act.cites or case.class_code, case)

    # When.

    def _review_day(self, running: Running) -> date:
        """A working day so many after the present one; none or fewer: before the day of the demo."""
        calendar, days = codes.calendar(), running.act.number
        day = clock.today() if days > 0 else self._today
        rank = calendar.rank(day.toordinal())
        if days <= 0 and not calendar.is_working(day):
            rank -= 1
        return date.fromordinal(calendar.ordinal_at(rank + days))

    @staticmethod
    def _deadline(case: Case, value: float, unit: LimitUnit) -> datetime:
        """So long from now, by the hours of the centre, as people say it: on the half hour."""
        hours = units.hours_of(units.centre_of(case.district_id, case.street_id))
        due = workdays.due(clock.now(), Limit(value, unit), codes.calendar(), hours).moment
        return due + timedelta(seconds=-due.timestamp() % _HALF_HOUR)

    # Whose it is.

    def _dispatch(self, running: Running) -> None:
        act = running.act
        if not act.deed:
            super()._dispatch(running)
            return
        case = self._case(running)
        lead, *assist = self._units(case, running) or [self._owner(case)]
        awaited = [self._unit(key, case) for key in act.units if key.endswith("!")]
        actions.dispatch(
            **self._common(case, running),
            by=self._holder(case, running, Role.DISPATCHER, Role.COMMUNITY_CLERK),
            lead_unit_id=lead,
            assist_unit_ids=assist,
            awaited_unit_ids=awaited,
            words=act.words,
        )

    def _return(self, running: Running) -> None:
        act = running.act
        if not act.reason:
            super()._return(running)
            return
        case = self._case(running)
        right, duty = self._units(case, running), self._cited(case, running)
        actions.return_to_centre(
            **self._common(case, running),
            by=self._holder(case, running, *UNIT_ROLES),
            reason_code=act.reason,
            duty_id=duty.pk if duty and right else None,
            right_unit_id=right[0] if right else None,
            words=act.words,
        )

    def _dispute(self, running: Running) -> None:
        case = self._case(running)
        by = self._holder(case, running, Role.DISPATCHER)
        actions.dispute(**self._common(case, running), by=by, words=running.act.words)

    def _rule(self, running: Running) -> None:
        """A kind of matter is kept as a precedent once, however many such roads there are."""
        case, act = self._case(running), running.act
        lead, *assist = self._units(case, running)
        duty = self._cited(case, running)
        kept = None
        if act.keep and not Precedent.objects.filter(wording=act.keep).exists():
            kept = actions.PrecedentAsked(
                area_id=case.street_id or 0,
                wording=act.keep,
                valid_to=clock.today() + timedelta(days=codes.figure("precedent_days")),
            )
        actions.rule(
            **self._common(case, running),
            by=self._chief(running),
            unit_id=lead,
            kind=act.reason,
            words=act.words,
            duty_id=duty.pk if duty else None,
            assist_unit_ids=assist,
            precedent=kept,
        )

    def _escalate(self, running: Running) -> None:
        case = self._case(running)
        by = self._holder(case, running, Role.COMMUNITY_CLERK)
        actions.escalate(**self._common(case, running), by=by, words=running.act.words)

    def _force_close(self, running: Running) -> None:
        act = running.act
        actions.force_close(
            **self._common(self._case(running), running),
            by=self._chief(running),
            reason_code=act.reason,
            words=act.words,
        )

    # What takes longer.

    def _ask_to_hang(self, running: Running) -> None:
        case, act = self._case(running), running.act
        actions.ask_to_hang(
            **self._common(case, running),
            by=self._of_the_unit(case, running),
            reason_code=act.reason,
            review_on=self._review_day(running),
            words=act.words,
        )

    def _hang(self, running: Running) -> None:
        act = running.act
        actions.hang(
            **self._common(self._case(running), running),
            by=self._chief(running),
            granted=act.granted,
            words=act.words,
        )

    def _review(self, running: Running) -> None:
        actions.review(
            **self._common(self._case(running), running),
            by=self._chief(running),
            review_on=self._review_day(running),
            words=running.act.words,
        )

    def _resume(self, running: Running) -> None:
        case = self._case(running)
        by = self._of_the_unit(case, running)
        actions.resume(**self._common(case, running), by=by, words=running.act.words)

    def _ask_to_extend(self, running: Running) -> None:
        case, act = self._case(running), running.act
        by = self._of_the_unit(case, running)
        actions.ask_to_extend(
            **self._common(case, running),
            by=by,
            amount=act.number,
            reason_code=act.reason,
            words=act.words,
            form=self._photos.stored(running, by),
        )

    def _extend(self, running: Running) -> None:
        act = running.act
        actions.extend(
            **self._common(self._case(running), running),
            by=self._chief(running),
            granted=act.granted,
            words=act.words,
        )

    # Several units, and who looks after it.

    def _assist(self, running: Running) -> None:
        case, act = self._case(running), running.act
        if not act.deed:
            super()._assist(running)
            return
        actions.assist(
            **self._common(case, running),
            by=self._of_the_unit(case, running),
            answer=act.reason or "done",
            words=act.words,
        )

    def _supervise(self, running: Running) -> None:
        case, act, by = self._case(running), running.act, self._chief(running)
        actions.supervise(
            **self._common(case, running),
            by=by,
            supervisor_id=by.user_id or 0,
            due_at=self._deadline(case, act.number, LimitUnit.WORKING_DAYS),
            words=act.words,
        )

    def _report_to_supervisor(self, running: Running) -> None:
        case = self._case(running)
        by = self._of_the_unit(case, running)
        actions.report_to_supervisor(**self._common(case, running), by=by, words=running.act.words)

    def _discharge(self, running: Running) -> None:
        case = self._case(running)
        actions.discharge(
            **self._common(case, running), by=self._chief(running), words=running.act.words
        )

    def _whistle(self, running: Running) -> None:
        case, act = self._case(running), running.act
        night_too = act.reason == "emergency"
        unit = LimitUnit.URGENT_HOURS if night_too else LimitUnit.WORKING_HOURS
        actions.whistle(
            **self._common(case, running),
            by=self._dispatcher(running),
            kind=act.reason,
            unit_ids=self._units(case, running),
            due_at=self._deadline(case, act.number, unit),
            words=act.words,
        )

    def _arrive(self, running: Running) -> None:
        case, act = self._case(running), running.act
        by = self._of_the_unit(case, running)
        actions.arrive(**self._common(case, running), by=by, words=act.words, absence=act.reason)

    def _score(self, running: Running) -> None:
        """By the dispatcher: who gives a score does not decide on an appeal of it."""
        case, act = self._case(running), running.act
        actions.score(
            **self._common(case, running),
            by=self._dispatcher(running),
            scores=dict(zip(self._units(case, running), act.scores, strict=True)),
            words=act.words,
        )

    def _appeal(self, running: Running) -> None:
        case, act = self._case(running), running.act
        (unit_id,) = self._units(case, running)
        mine = appealable(case, unit_id, clock.now())
        # The last of them: what it was late with before it handled it is not what it speaks of.
        about = [one for one in mine if one.about == act.reason][-1]
        actions.appeal(
            **self._common(case, running),
            by=self._of_the_unit(case, running),
            counted=about.counted,
            words=act.words,
        )

    def _decide(self, running: Running) -> None:
        act = running.act
        actions.decide(
            **self._common(self._case(running), running),
            by=self._chief(running),
            granted=act.granted,
            words=act.words,
            reason_code=act.reason,
            score=act.number or None,
        )
