"""Playing the messages: every deed by its ordinary action at its own moment, a window at a time.

A window is some messages that follow each other. All of them are reported; while a helper thinks of
their advice together, the deeds of the window before are done: first those accepted whose moment has
come, what was chosen is compared with the advice, then everything else. So a case is advised on before
anybody chooses, at a part of what it costs one by one, and ids leave the order of moments by the
length of two windows at most. Reports of a window are one transaction: a run that was stopped goes on
with the first window that is not there.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any, Final, NamedTuple

from django.db import transaction
from django.db.models import Q

from gezhi.faces.terminal.demo.cast import Cast
from gezhi.faces.terminal.demo.real.beside import Helper, InHere
from gezhi.faces.terminal.demo.real.mapping import Classes, Places
from gezhi.faces.terminal.demo.real.plan import Planned
from gezhi.ground.codes import queries as codes
from gezhi.ground.jobs.models import Task, TaskState
from gezhi.kernel import clock
from gezhi.kernel.errors import Refusal
from gezhi.kernel.viewer import Role, Viewer
from gezhi.records.duties.queries import duty_for
from gezhi.records.places.queries import Location
from gezhi.work.cases import actions
from gezhi.work.cases.models import Case, Step
from gezhi.work.triage.outcomes import note_outcomes
from gezhi.work.triage.predictions import Thought, keep

ORIGIN: Final = "网上留言"
DRAWN: Final = "time drawn"
MOST_MESSAGES: Final = 40
LONGEST: Final = timedelta(days=5)
_LONGEST_TEXT: Final = 4000
_CUT: Final = "……（原文更长，此处从略）"
_TRIAGE: Final = "gezhi.work.triage.tasks."


@dataclass(slots=True)
class ReplayedCase:
    """A case under way: its number, where it lies, who has it."""

    number: str
    case_id: int
    community_id: int | None
    grid_id: int | None
    lead_id: int | None = None


class _Event(NamedTuple):
    moment: datetime
    serial: int
    order: int
    deed: str


class Playing:
    """The deeds of all messages; `play` does those whose moment lies before the end."""

    def __init__(
        self,
        plans: Sequence[Planned],
        cast: Cast,
        places: Places,
        classes: Classes,
        *,
        district_id: int,
        street_id: int,
        end: datetime,
        told_since: datetime,
        helper: Helper | None = None,
    ) -> None:
        """`helper` thinks of the advice, in this process if none is given. Tasks of deeds before
        `told_since` are dropped: nobody is told of years in one minute."""
        self._plans = {plan.serial: plan for plan in plans}
        self._cast, self._places, self._classes = cast, places, classes
        self._district_id, self._street_id = district_id, street_id
        self._end, self._told_since = end, told_since
        self._helper = helper or InHere()
        self._windows = list(_windows(plans))
        self._cases: dict[int, ReplayedCase] = {}
        self._stranger = Viewer.anonymous(district_id)
        self._waiting = {"accept": self._events(first=True), "other": self._events(first=False)}
        self._steps: list[int] = []
        self._chosen: dict[int, str] = {}
        self.refused: Counter[str] = Counter()
        self.deeds = 0

    def play(self, tell: Callable[[int, int], None]) -> None:
        """Do all windows that are not done yet; `tell` hears how many messages of how many are.

        A message that is refused is counted by its reason and leaves the others alone.
        """
        self._remember()
        self._think_of_missed()
        done = sum(len(window) for window in self._windows if self._is_done(window))
        before = self._windows[0][0].message.moment
        for window in self._windows:
            if self._is_done(window):
                continue
            until = window[-1].message.moment
            with transaction.atomic(), codes.steady():
                found = [case for plan in window if (case := self._report(plan))]
            self._helper.ask([case.case_id for case in found], until)
            with transaction.atomic(), codes.steady():
                self._go_on_until(before)
            self._keep(self._helper.answer())
            before = until
            done += len(window)
            tell(done, len(self._plans))
        with transaction.atomic(), codes.steady():
            self._go_on_until(self._end)

    def _events(self, *, first: bool) -> list[_Event]:
        """What comes after the report, the latest first: the acceptances, or all the rest."""
        return sorted(
            (
                _Event(moment, plan.serial, order, deed)
                for plan in self._plans.values()
                for order, (deed, moment) in enumerate(plan.deeds)
                if order and (deed == "accept") is first and moment < self._end
            ),
            reverse=True,
        )

    def _remember(self) -> None:
        """The cases an earlier run made, by the serial of their message, and what is done already."""
        keys = set(
            Step.objects.filter(case__origin_system=ORIGIN).values_list("deed_key", flat=True)
        )
        for which, events in self._waiting.items():
            self._waiting[which] = [
                event for event in events if _key(event.serial, event.deed) not in keys
            ]
        serials = {_origin_number(plan): plan.serial for plan in self._plans.values()}
        rows = Case.objects.filter(origin_system=ORIGIN).values_list(
            "origin_number", "number", "pk", "community_id", "grid_id", "holder_id"
        )
        for origin, number, pk, community_id, grid_id, holder_id in rows:
            serial = serials.get(origin)
            if serial is not None:
                self._cases[serial] = ReplayedCase(number, pk, community_id, grid_id, holder_id)

    def _is_done(self, window: Sequence[Planned]) -> bool:
        return any(plan.serial in self._cases for plan in window)

    def _think_of_missed(self) -> None:
        """Make the advice of reports that an earlier run left without."""
        missed = Case.objects.filter(origin_system=ORIGIN, fingerprint=None, ended_at=None)
        ids = list(missed.order_by("id").values_list("pk", flat=True))
        if ids:
            self._helper.ask(ids, self._end)
            self._keep(self._helper.answer())

    @staticmethod
    def _keep(thought: Thought) -> None:
        """Write the advice, as it was made right after each report."""
        for advised in keep(thought, when=lambda case: case.reported_at):
            if advised.failed is not None:
                raise advised.failed

    def _go_on_until(self, until: datetime) -> None:
        """Do all that has come, and drop the tasks nobody is told of any more."""
        for which in ("accept", "other"):
            self._do_until(which, until)
            self._settle()
        waiting = Task.objects.filter(state=TaskState.WAITING)
        waiting.filter(Q(path__startswith=_TRIAGE) | Q(enqueued_at__lt=self._told_since)).delete()

    def _do_until(self, which: str, until: datetime) -> None:
        waiting = self._waiting[which]
        while waiting and waiting[-1].moment <= until:
            event = waiting.pop()
            case = self._cases.get(event.serial)
            if case is not None:
                with clock.moved_to(event.moment):
                    self._do(event, case)

    def _settle(self) -> None:
        """Compare what was chosen in these deeds with the advice."""
        steps, self._steps = self._steps, []
        if steps:
            note_outcomes(steps)

    # Each deed.

    def _report(self, plan: Planned) -> ReplayedCase | None:
        message = plan.message
        contact = actions.Contact()
        if message.person:
            # No carrier was ever given the numbers that begin with 154.
            digits = int("".join(sign for sign in message.person if sign.isdigit()) or "0")
            contact = actions.Contact(name="网友", phone=f"154{digits % 100_000_000:08d}")
        try:
            with clock.moved_to(message.moment):
                receipt = actions.report(
                    intake=actions.Intake(
                        text=_cut(message.text),
                        channel="web",
                        where=self._places.where(message),
                        contact=contact,
                        origin=actions.Origin(
                            system=ORIGIN,
                            number=_origin_number(plan),
                            version=DRAWN if message.drawn else "",
                        ),
                    ),
                    by=self._stranger,
                    key=_key(plan.serial, "report"),
                    district_id=self._district_id,
                )
        except Refusal as refusal:
            self.refused[str(refusal.message)] += 1
            return None
        self.deeds += 1
        case_id = Case.objects.values_list("pk", flat=True).get(
            district_id=self._district_id, number=receipt.case_number
        )
        case = ReplayedCase(receipt.case_number, case_id, receipt.community_id, receipt.grid_id)
        self._cases[plan.serial] = case
        return case

    def _do(self, event: _Event, case: ReplayedCase) -> None:
        plan = self._plans[event.serial]
        common: dict[str, Any] = {"number": case.number, "key": _key(event.serial, event.deed)}
        serial, cast = event.serial, self._cast
        match event.deed:
            case "accept":
                step = actions.accept(
                    **common,
                    by=cast.of_centre(Role.ACCEPTOR, serial),
                    class_code=self._class_of(event.serial),
                    kind=self._classes.kind_of(plan.message),
                )
            case "dispatch":
                step = actions.dispatch(
                    **common,
                    by=cast.of_centre(Role.DISPATCHER, serial),
                    lead_unit_id=self._lead(event.serial, case),
                )
            case "take":
                step = actions.take(**common, by=self._handler(event.serial, case))
            case "finish":
                step = actions.finish(
                    **common,
                    by=self._handler(event.serial, case),
                    words=_cut(plan.message.reply),
                )
            case "check":
                step = actions.check(**common, by=cast.of_centre(Role.CHECKER, serial), passed=True)
            case "close":
                role = Role.SUPERVISOR if serial % 4 == 0 else Role.ACCEPTOR
                step = actions.close(**common, by=cast.of_centre(role, serial))
            case _:
                system = Viewer.system("beat", self._district_id)
                step = actions.archive(**common, by=system)
        self.deeds += 1
        if event.deed in ("accept", "dispatch", "close"):
            self._steps.append(step.pk)

    def _class_of(self, serial: int) -> str:
        if serial not in self._chosen:
            self._chosen[serial] = self._classes.class_of(self._plans[serial].message)
        return self._chosen[serial]

    def _lead(self, serial: int, case: ReplayedCase) -> int:
        case.lead_id = _lead_unit(
            self._district_id, self._class_of(serial), self._street_id, case.community_id
        )
        return case.lead_id

    def _handler(self, serial: int, case: ReplayedCase) -> Viewer:
        """Whoever handles in the unit it was sent to; nobody moved it since."""
        lead = case.lead_id or self._lead(serial, case)
        return self._cast.of_unit(lead, (Role.HANDLER, Role.COMMUNITY_CLERK), serial)


@cache
def _lead_unit(district_id: int, class_code: str, street_id: int, community_id: int | None) -> int:
    """Who leads a class in a community by the duty list, which stays the same all the time."""
    duty = duty_for(
        district_id,
        class_code,
        Location(district_id, street_id, community_id, None, None),
    )
    if duty is None:
        raise LookupError(f"no duty for the class {class_code}")
    return duty.lead_unit_id


def _windows(plans: Sequence[Planned]) -> Iterator[list[Planned]]:
    window: list[Planned] = []
    for plan in plans:
        if window and (
            len(window) == MOST_MESSAGES or plan.message.moment - window[0].message.moment > LONGEST
        ):
            yield window
            window = []
        window.append(plan)
    if window:
        yield window


def _origin_number(plan: Planned) -> str:
    """The message's own number, with a mark where its time was drawn."""
    return f"{plan.message.name}{'（时间是补的）' if plan.message.drawn else ''}"


def _key(serial: int, deed: str) -> str:
    return f"real-{serial:06d}-{deed}"


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_TEXT else text[: _LONGEST_TEXT - len(_CUT)] + _CUT
