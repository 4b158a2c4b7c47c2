"""A short way to bring a case to any state with the cast, each deed by whoever does it in life."""

import itertools
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from gezhi.ground.audit import actions as audit
from gezhi.ground.audit.seals import Seals
from gezhi.ground.codes import queries as codes
from gezhi.ground.files.models import File
from gezhi.kernel import clock
from gezhi.kernel.viewer import Viewer
from gezhi.work.cases import actions
from gezhi.work.cases.models import Assignment, Case, Report, StageRow
from tests.cast import Cast

_keys = itertools.count(1)
TOLD_TO_THE_UNIT = "请到桐花苑门口清运两袋建筑垃圾"


def fresh_key() -> str:
    """A deed key no other deed of the run has."""
    return f"test-key-{next(_keys):08d}"


def a_class(*, intake: str = "street") -> str:
    """Some class of the matters in force that is taken in at this level."""
    parents = {row.parent_code for row in codes.terms("matters")}
    return next(
        row.code
        for row in codes.terms("matters")
        if row.code not in parents and row.data.get("intake", "street") == intake
    )


class Play:
    """One case and everybody who has to do with it."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.stranger = Viewer.anonymous(cast.street.district.pk)
        self.receipt: actions.Receipt

    @property
    def case(self) -> Case:
        """The case as it is now."""
        return Case.objects.get(number=self.receipt.case_number)

    @property
    def report_row(self) -> Report:
        return Report.objects.select_related("case").get(number=self.receipt.number)

    def intake(self, **changes: Any) -> actions.Intake:
        longitude, latitude = self.cast.street.point
        fields: dict[str, Any] = {
            "text": "单元门口堆了两袋建筑垃圾，三天没人清",
            "channel": "web",
            "where": actions.Where(longitude=longitude, latitude=latitude, words="桐花苑1栋门口"),
            "contact": actions.Contact(name=self.cast.chen.name, phone=self.cast.chen.phone),
        }
        return actions.Intake(**{**fields, **changes})

    def report(self, *, by: Viewer | None = None, key: str = "", **changes: Any) -> "Play":
        self.receipt = actions.report(
            intake=self.intake(**changes), by=by or self.stranger, key=key or fresh_key()
        )
        return self

    def photo(self) -> int:
        return File.objects.create(
            stored_at=clock.now(),
            media_type="image/jpeg",
            width=8,
            height=8,
            size=100,
            digest="0" * 64,
        ).pk

    def do(self, deed: Callable[..., Any], by: Viewer, **arguments: Any) -> Any:
        """Do one deed with a fresh key unless one is given."""
        arguments.setdefault("key", fresh_key())
        arguments.setdefault("number", self.receipt.case_number)
        return deed(by=by, **arguments)

    def accept(self, **arguments: Any) -> "Play":
        arguments.setdefault("class_code", a_class())
        arguments.setdefault("kind", "complaint")
        self.do(actions.accept, self.cast.acceptor.viewer, **arguments)
        return self

    def dispatch(self, **arguments: Any) -> "Play":
        arguments.setdefault("lead_unit_id", self.cast.street.sanitation.pk)
        self.do(actions.dispatch, self.cast.dispatcher.viewer, **arguments)
        return self

    def take(self) -> "Play":
        self.do(actions.take, self.cast.handler.viewer)
        return self

    def finish(self, **arguments: Any) -> "Play":
        arguments.setdefault("words", "已派车清运，地面冲洗干净，依据市容条例，联系人环卫所")
        self.do(actions.finish, self.cast.handler.viewer, **arguments)
        return self

    def check(self, *, passed: bool = True, **arguments: Any) -> "Play":
        if not passed:
            arguments.setdefault("words", "还有一袋没清走")
        self.do(actions.check, self.cast.checker.viewer, passed=passed, **arguments)
        return self

    def give_back(self, by: Viewer | None = None, **arguments: Any) -> "Play":
        """The unit that holds it returns it, as another's."""
        arguments.setdefault("reason_code", "not_our_area")
        arguments.setdefault("duty_id", None)
        arguments.setdefault("right_unit_id", self.cast.street.property_firm.pk)
        arguments.setdefault("words", "不在我们的管理范围，应由物业负责")
        self.do(actions.return_to_centre, by or self.cast.handler.viewer, **arguments)
        return self

    def disputed(self, **changes: Any) -> "Play":
        """Returned by one unit, then by another: it waits for a ruling."""
        told = {"words": TOLD_TO_THE_UNIT} if changes.get("confidential") else {}
        self.until("dispatched", **changes).give_back()
        self.dispatch(lead_unit_id=self.cast.street.water.pk, **told)
        return self.give_back(self.cast.tang.viewer)

    def rule(self, **arguments: Any) -> "Play":
        arguments.setdefault("unit_id", self.cast.street.sanitation.pk)
        arguments.setdefault("kind", "chief")
        arguments.setdefault("words", "道路红线以内由环卫所清运，依据街道清单第 12 条")
        self.do(actions.rule, self.cast.supervisor.viewer, **arguments)
        return self

    def late(self) -> "Play":
        """Handled after its due time: the clock of the handling is turned back by hand, seal and all."""
        self.until("handling")
        head, seals = audit.locked_head("case", self.case.pk), Seals()
        stage = StageRow.objects.get(case=self.case, stage="handling")
        seals.change(stage, due_at=stage.began_at - timedelta(minutes=1))
        audit.settle_head(head, seals)
        return self.finish()

    def appeal(self, by: Viewer | None = None, **arguments: Any) -> "Play":
        """The unit says that its late handling should not count."""
        stage = StageRow.objects.get(case=self.case, stage="handling")
        arguments.setdefault("counted", actions.Counted("stage", stage.pk))
        arguments.setdefault("words", "连续暴雨，无法施工")
        self.do(actions.appeal, by or self.cast.handler.viewer, **arguments)
        return self

    def leave_out(self, **arguments: Any) -> "Play":
        """The chief leaves the case out of the figures."""
        arguments.setdefault("counted", actions.Counted("case"))
        arguments.setdefault("reason_code", "unreasonable")
        arguments.setdefault("words", "经街道会审")
        self.do(actions.exclude, self.cast.supervisor.viewer, **arguments)
        return self

    def close(self) -> "Play":
        self.do(actions.close, self.cast.supervisor.viewer)
        return self

    def supervise(self, **arguments: Any) -> "Play":
        arguments.setdefault("supervisor_id", self.cast.supervisor.user_id)
        arguments.setdefault("due_at", clock.now() + timedelta(days=1))
        arguments.setdefault("words", "三天没人清，请说明原因")
        self.do(actions.supervise, self.cast.supervisor.viewer, **arguments)
        return self

    def whistle(self, **arguments: Any) -> "Play":
        arguments.setdefault("kind", "enforcement")
        arguments.setdefault("unit_ids", [self.cast.street.water.pk])
        arguments.setdefault("due_at", clock.now() + timedelta(hours=2))
        arguments.setdefault("words", "请到桐花苑门口一起清")
        self.do(actions.whistle, self.cast.supervisor.viewer, **arguments)
        return self

    def scored(self, score: int = 2, by: Viewer | None = None) -> "Play":
        """The water company came to a whistle and was given this, by the leader unless said."""
        self.until("handling").whistle()
        self.do(actions.arrive, self.cast.tang.viewer, words="两人到了")
        scores = {self.cast.street.water.pk: score}
        self.do(actions.score, by or self.cast.wang.viewer, scores=scores, words="来得晚")
        return self

    def appeal_score(self) -> "Play":
        """The water company says its score is too low."""
        call = Assignment.objects.get(case=self.case, part="called")
        return self.appeal(
            self.cast.tang.viewer,
            counted=actions.Counted("score", call.pk),
            words="按时到的，有照片",
        )

    def until(self, state: str, **changes: Any) -> "Play":
        """Report (with these changes) and go the straight way until the case is in this state."""
        # A unit that is not shown a confidential report is told in words what is to be done.
        told = {"words": TOLD_TO_THE_UNIT} if changes.get("confidential") else {}
        way: tuple[tuple[str, Callable[[], Play]], ...] = (
            ("reported", lambda: self.report(**changes)),
            ("accepted", self.accept),
            ("dispatched", lambda: self.dispatch(**told)),
            ("handling", self.take),
            ("checking", self.finish),
            ("checked", self.check),
            ("closed", self.close),
        )
        for name, deed in way:
            deed()
            if name == state:
                return self
        raise ValueError(state)
