"""How each deed of a plot is done: who does it, with which words, through which action."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final

import numpy as np

from gezhi.faces.terminal.demo import stories
from gezhi.faces.terminal.demo.cast import Cast
from gezhi.faces.terminal.demo.inboxes import advise_now
from gezhi.faces.terminal.demo.lives import Terms
from gezhi.faces.terminal.demo.names import people
from gezhi.faces.terminal.demo.photos import Photos
from gezhi.faces.terminal.demo.plot import Running
from gezhi.kernel import clock
from gezhi.kernel.viewer import Role, Viewer
from gezhi.records.duties.models import Duty
from gezhi.records.duties.queries import duty_for
from gezhi.work.cases import actions
from gezhi.work.cases.assisting import unanswered_assists
from gezhi.work.cases.models import Case, Report
from gezhi.work.cases.precedents import precedents_for

UNIT_ROLES: Final = (Role.HANDLER, Role.COMMUNITY_CLERK)
_ASKED: Final = frozenset({"phone", "visit", "grid_worker"})


class Deeds:
    """Does one deed after the other; call it with the deed's name and the running life."""

    def __init__(
        self,
        cast: Cast,
        terms: Mapping[str, Terms],
        photos: Photos,
        *,
        district_id: int,
        seed: int,
    ) -> None:
        self._cast = cast
        self._terms = terms
        self._photos = photos
        self._district_id = district_id
        self._seed = seed
        self._names = people(np.random.default_rng([seed, 4]))
        self._phone = 0
        self._stranger = Viewer.anonymous(district_id)

    def __call__(self, deed: str, running: Running) -> None:
        """Do the deed, by the method of its name, at the present (moved) moment.

        Refusals come through: the plot is wrong.
        """
        getattr(self, f"_{deed}")(running)
        advise_now()

    # What the deeds have in common.

    def _case(self, running: Running) -> Case:
        return self._row(running).case

    def _row(self, running: Running) -> Report:
        if running.receipt is None:
            raise LookupError("nothing was reported yet")
        return Report.objects.select_related("case").get(pk=running.receipt.report_id)

    def _key(self, running: Running) -> str:
        return f"demo-{self._seed}-{running.life.serial:05d}-{running.done:02d}"

    def _holder(self, case: Case, running: Running, *roles: Role) -> Viewer:
        return self._cast.of_unit(case.holder_id, roles, running.life.serial)

    def _common(self, case: Case, running: Running) -> dict[str, Any]:
        return {"number": case.number, "key": self._key(running), "version": case.version}

    @staticmethod
    def _pick(words: Sequence[str], running: Running) -> str:
        return words[int(running.rng.integers(len(words)))]

    def _duty(self, case: Case) -> Duty:
        duty = duty_for(self._district_id, case.class_code, case)
        if duty is None:
            raise LookupError(f"no duty for the class {case.class_code}")
        return duty

    # Reporting.

    def _intake(self, running: Running, by: Viewer) -> actions.Intake:
        life, spot = running.life, running.spot
        contact = actions.Contact()
        if life.named:
            self._phone += 1
            # No carrier was ever given the numbers that begin with 154.
            contact = actions.Contact(name=next(self._names), phone=f"1540000{self._phone:04d}")
        told = life.channel in _ASKED
        return actions.Intake(
            text=self._text(running),
            channel=life.channel,
            where=actions.Where(
                longitude=spot.longitude,
                latitude=spot.latitude,
                place_id=spot.place_id,
                words=spot.words,
            ),
            contact=contact,
            kind=life.story.kind if told else "",
            class_code=life.story.class_code if told else "",
            confidential=life.confidential,
            photos=self._photos.stored(running, by),
            origin=self._origin(running),
        )

    def _text(self, running: Running) -> str:
        rng, life = running.rng, running.life
        words = life.story.text.format(
            place=running.spot.name,
            floor=int(rng.integers(2, max(3, running.spot.floors))),
            days=int(rng.integers(2, 9)),
            hour=int(rng.choice(stories.NIGHT_HOURS)),
            shop=str(rng.choice(stories.SHOPS)),
            eatery=str(rng.choice(stories.EATERIES)),
        )
        if life.channel == "grid_worker":
            return f"巡查发现：{words}"
        opening, closing = rng.choice(stories.OPENINGS), rng.choice(stories.CLOSINGS)
        return f"{opening}{words}{closing}"

    @staticmethod
    def _origin(running: Running) -> actions.Origin | None:
        if running.life.channel != "hotline":
            return None
        now = clock.local(clock.now())
        return actions.Origin(
            system="12345", number=f"CD{now:%Y%m%d}{running.life.serial:05d}", version="1"
        )

    def _reporter(self, running: Running) -> Viewer:
        channel = running.life.channel
        if channel == "grid_worker":
            return self._cast.of_grid(running.spot.grid_id)
        if channel in {"phone", "visit"}:
            return self._cast.of_centre(Role.ACCEPTOR, running.life.serial)
        if channel == "hotline":
            return Viewer.system("hotline", self._district_id)
        return self._stranger

    def _report(self, running: Running) -> None:
        by = self._reporter(running)
        running.receipt = actions.report(
            intake=self._intake(running, by),
            by=by,
            key=self._key(running),
            district_id=self._district_id,
        )

    def _join(self, running: Running) -> None:
        if running.follows is None:
            raise LookupError("nobody to join")
        running.receipt = actions.join(
            intake=self._intake(running, self._stranger),
            case=self._case(running.follows),
            by=self._stranger,
            key=self._key(running),
        )

    # At the desk.

    def _ask(self, running: Running) -> None:
        case = self._case(running)
        by = self._holder(case, running, Role.ACCEPTOR, Role.COMMUNITY_CLERK)
        actions.ask(**self._common(case, running), by=by, words="请到现场看看是否属实")

    def _verify(self, running: Running) -> None:
        case = self._case(running)
        actions.verify(
            **self._common(case, running),
            by=self._cast.of_grid(case.grid_id),
            answer="exists",
            words="现场属实",
        )

    def _accept(self, running: Running) -> None:
        case, story = self._case(running), running.life.story
        by = self._holder(case, running, Role.ACCEPTOR, Role.COMMUNITY_CLERK)
        summed_up = running.life.serial % 10 < 8 and not case.is_restricted
        actions.accept(
            **self._common(case, running),
            by=by,
            class_code=story.class_code,
            kind=story.kind,
            urgency=self._terms[story.class_code].urgency,
            public_summary=story.summary if summed_up else "",
        )

    def _reject(self, running: Running) -> None:
        case = self._case(running)
        by = self._holder(case, running, Role.ACCEPTOR, Role.COMMUNITY_CLERK)
        reason, words = stories.REJECTIONS[running.life.serial % len(stories.REJECTIONS)]
        actions.reject(**self._common(case, running), by=by, reason_code=reason, words=words)

    def _merge(self, running: Running) -> None:
        if running.follows is None:
            raise LookupError("nothing to merge into")
        case, into = self._case(running), self._case(running.follows)
        by = self._holder(case, running, Role.ACCEPTOR, Role.COMMUNITY_CLERK)
        actions.merge(
            **self._common(case, running), by=by, into=into.number, words="与在办事项是同一件事"
        )

    def _answer(self, running: Running) -> None:
        case = self._case(running)
        by = self._holder(case, running, Role.ACCEPTOR, Role.COMMUNITY_CLERK)
        actions.answer(**self._common(case, running), by=by, words=running.life.story.result)

    def _dispatch(self, running: Running) -> None:
        case = self._case(running)
        by = self._holder(case, running, Role.DISPATCHER, Role.COMMUNITY_CLERK)
        lead = self._owner(case)
        if running.next_deed == "return":
            lead = self._another_unit(lead)
        helps = self._duty(case).assist_units.all()
        assist = [unit.pk for unit in helps if unit.pk != lead][:1]
        actions.dispatch(
            **self._common(case, running),
            by=by,
            lead_unit_id=lead,
            words=self._brief(running),
            assist_unit_ids=assist if running.life.assisted else [],
        )

    @staticmethod
    def _brief(running: Running) -> str:
        """What the unit is told in the place of a confidential reporter's words."""
        if not running.life.confidential:
            return ""
        return f"{running.spot.name}：{running.life.story.summary}，请到现场查看处理。"

    def _owner(self, case: Case) -> int:
        """Whose it is: as it was ruled before of such a matter, else by the list."""
        ruled = next(iter(precedents_for(case)), None)
        return ruled.unit_id if ruled else self._duty(case).lead_unit_id

    def _another_unit(self, right: int) -> int:
        """A unit one could well take for the right one."""
        for key in ("law", "sanitation"):
            if self._cast.units[key].pk != right:
                return self._cast.units[key].pk
        raise LookupError("a unit is not two units")

    # In the unit.

    def _take(self, running: Running) -> None:
        case = self._case(running)
        by = self._holder(case, running, *UNIT_ROLES)
        actions.take(**self._common(case, running), by=by)

    def _return(self, running: Running) -> None:
        case = self._case(running)
        by = self._holder(case, running, *UNIT_ROLES)
        duty, right = self._duty(case), self._owner(case)
        # It may have been ruled to this very unit since it was sent there.
        actions.return_to_centre(
            **self._common(case, running),
            by=by,
            reason_code="not_our_duty",
            duty_id=duty.pk,
            right_unit_id=right if right != case.holder_id else duty.lead_unit_id,
            words=self._pick(stories.RETURN_WORDS, running),
        )

    def _contact(self, running: Running) -> None:
        row = self._row(running)
        by = self._holder(row.case, running, *UNIT_ROLES)
        actions.contact(report=row, by=by, key=self._key(running), words="已电话联系，约好上门时间")

    def _assist(self, running: Running) -> None:
        """Whoever was asked to help answers, if the list named anybody."""
        case = self._case(running)
        for one in unanswered_assists().filter(case=case)[:1]:
            actions.assist(
                **self._common(case, running),
                by=self._cast.of_unit(one.unit_id, UNIT_ROLES, running.life.serial),
                words=self._pick(stories.ASSIST_WORDS, running),
            )

    def _finish(self, running: Running) -> None:
        case = self._case(running)
        by = self._holder(case, running, *UNIT_ROLES)
        actions.finish(
            **self._common(case, running),
            by=by,
            words=running.life.story.result,
            photos=self._photos.stored(running, by),
        )

    def _spot(self, running: Running) -> None:
        case = self._case(running)
        by = self._cast.of_grid(case.grid_id)
        actions.handle_on_the_spot(
            **self._common(case, running),
            by=by,
            words=self._pick(stories.SPOT_WORDS, running),
            photos=self._photos.stored(running, by),
            class_code=running.life.story.class_code,
        )

    def _pass(self, running: Running) -> None:
        case = self._case(running)
        by = self._holder(case, running, Role.COMMUNITY_CLERK)
        actions.pass_on_the_spot(numbers=[case.number], by=by, key=self._key(running))

    # Checking and after.

    def _checker(self, case: Case, running: Running) -> Viewer:
        worker = self._cast.of_grid(case.grid_id)
        elsewhere = worker.seats[0].unit_id != case.finished_unit_id
        if elsewhere and running.life.serial % 2 and not case.is_restricted:
            return worker
        return self._cast.of_centre(Role.CHECKER, running.life.serial)

    def _check(self, running: Running) -> None:
        case = self._case(running)
        actions.check(
            **self._common(case, running),
            by=self._checker(case, running),
            passed=True,
            words="现场已恢复" if running.life.serial % 3 else "",
        )

    def _rework(self, running: Running) -> None:
        case = self._case(running)
        actions.check(
            **self._common(case, running),
            by=self._checker(case, running),
            passed=False,
            words=self._pick(stories.REWORK_WORDS, running),
        )

    def _close(self, running: Running) -> None:
        case = self._case(running)
        role = Role.SUPERVISOR if running.life.serial % 4 == 0 else Role.ACCEPTOR
        actions.close(
            **self._common(case, running), by=self._cast.of_centre(role, running.life.serial)
        )

    def _reporter_or_centre(self, running: Running) -> Viewer:
        """Reporters by themselves, or asked by the centre when they came by phone."""
        if running.life.channel in {"phone", "visit", "hotline"}:
            return self._cast.of_centre(Role.ACCEPTOR, running.life.serial + 1)
        return self._stranger

    def _rate(self, running: Running) -> None:
        resolved, satisfied, words = self._opinion(running)
        self._say(running, resolved, satisfied, words)

    def _say(self, running: Running, resolved: str, satisfied: str, words: str) -> None:
        """By the reporter, or asked by the centre where the report came by phone."""
        by = self._reporter_or_centre(running)
        rated = actions.rate if by.is_anonymous else partial(actions.call_back, outcome="reached")
        rated(
            report=self._row(running),
            by=by,
            key=self._key(running),
            resolved=resolved,
            satisfied=satisfied,
            words=words,
        )

    def _opinion(self, running: Running) -> tuple[str, str, str]:
        luck = float(running.rng.random())
        if luck < 0.78:
            return "solved", "satisfied", self._pick(stories.THANKS, running)
        if luck < 0.93:
            return "solved", "acceptable", ""
        return "partly", "dissatisfied", self._pick(stories.GRUMBLES, running)

    def _unsolved(self, running: Running) -> None:
        words = self._pick(stories.UNSOLVED_WORDS, running)
        self._say(running, "unsolved", "dissatisfied", words)

    def _urge(self, running: Running) -> None:
        actions.urge(report=self._row(running), by=self._stranger, key=self._key(running))

    def _add_word(self, running: Running) -> None:
        actions.add_word(
            report=self._row(running),
            by=self._stranger,
            key=self._key(running),
            words=self._pick(stories.MORE_WORDS, running),
        )

    def _archive(self, running: Running) -> None:
        case = self._case(running)
        by = Viewer.system("beat", self._district_id)
        actions.archive(number=case.number, by=by, key=self._key(running))
