"""Deeds of cases as random histories do them (`tests/journeys`): by whom it is, or by somebody else."""

from datetime import timedelta

from gezhi.kernel import clock
from gezhi.kernel.viewer import Viewer
from gezhi.records.units.models import Unit
from gezhi.work.cases import actions
from gezhi.work.cases.appealing import counted_against
from gezhi.work.cases.assisting import open_calls
from gezhi.work.cases.escalating import escalate_late
from gezhi.work.cases.models import Case, Exclusion
from gezhi.work.cases.rules import Mark, State
from gezhi.work.cases.tests.playing import a_class
from gezhi.work.cases.urging import urge_in_time
from gezhi.work.cases.watching import lift_unstaffed
from tests.cast import box
from tests.journeys.occasions import Move, Occasion


def onward(case: Case) -> str:
    """The move of the straight way: without it random deeds hardly ever get past the first refusal."""
    if Mark.HUNG in case.all_marks:
        return "resume"
    return "close" if case.check_passed else _ONWARD.get(State(case.state), "rate")


_ONWARD = {
    State.REPORTED: "accept",
    State.VERIFYING: "verify",
    State.ACCEPTED: "dispatch",
    State.DISPATCHED: "take",
    State.HANDLING: "finish",
    State.CHECKING: "check",
    State.CLOSED: "unsolved",
}


def _join(at: Occasion) -> None:
    actions.join(intake=at.play.intake(), case=at.play.case, by=at.play.stranger, key=at.key)


def _accept(at: Occasion) -> None:
    actions.accept(by=at.viewer("acceptor"), class_code=a_class(), **at.common)


def _reject(at: Occasion) -> None:
    by = at.viewer("acceptor")
    actions.reject(by=by, reason_code="in_court", words="不归这里", **at.common)


def _merge(at: Occasion) -> None:
    other = at.plays[at.who % len(at.plays)].receipt.case_number
    actions.merge(by=at.likeliest("acceptor"), into=other, **at.common)


def _dispatch(at: Occasion) -> None:
    street = at.cast.street
    lead = (street.sanitation, street.water, street.office)[at.who % 3]
    actions.dispatch(
        by=at.likeliest("dispatcher"),
        words="到现场看看" if at.who % 2 else "",
        lead_unit_id=lead.pk,
        assist_unit_ids=_helpers(at, lead),
        awaited_unit_ids=_helpers(at, lead) if at.who % 3 == 0 else [],
        **at.common,
    )


def _helpers(at: Occasion, lead: Unit) -> list[int]:
    """The property firm, which nobody answers for, or somebody who can."""
    street = at.cast.street
    if not at.who % 2:
        return []
    helper = street.water if at.who % 4 == 1 else street.property_firm
    return [helper.pk] if helper.pk != lead.pk else []


def _return(at: Occasion) -> None:
    actions.return_to_centre(
        by=at.viewer("handler", "tang"),
        reason_code="not_our_duty",
        duty_id=None,
        right_unit_id=at.cast.street.property_firm.pk,
        words="不是我们的职责",
        **at.common,
    )


def _rule(at: Occasion) -> None:
    street = at.cast.street
    kept = actions.PrecedentAsked(street.community.pk, "门口的建筑垃圾")
    actions.rule(
        by=at.likeliest("supervisor"),
        unit_id=(street.sanitation, street.water, street.office)[at.who % 3].pk,
        kind="chief",
        words="按清单归这家",
        precedent=kept if at.who % 2 else None,
        **at.common,
    )


def _force_close(at: Occasion) -> None:
    by = at.viewer("supervisor")
    actions.force_close(by=by, reason_code="withdrawn", words="反映人撤回了", **at.common)


def _appeal(at: Occasion) -> None:
    against = counted_against(at.play.case, clock.now())
    counted = against[at.who % len(against)].counted if against else actions.Counted("case")
    by = at.viewer("handler", "tang", "li", "dispatcher")
    actions.appeal(by=by, counted=counted, words="不是我们的原因", **at.common)


def _decide(at: Occasion) -> None:
    actions.decide(
        by=at.likeliest("supervisor"),
        granted=bool(at.who % 2),
        words="看过了",
        reason_code="appeal_granted",
        score=1 + at.who % 5,
        **at.common,
    )


def _exclude(at: Occasion) -> None:
    actions.exclude(
        by=at.viewer("supervisor"),
        counted=actions.Counted("case"),
        reason_code="malicious",
        words="经会审",
        **at.common,
    )


def _include(at: Occasion) -> None:
    left_out = Exclusion.objects.filter(case=at.play.case, included_at=None).first()
    actions.include(
        by=at.likeliest("supervisor"),
        exclusion_id=left_out.pk if left_out else 0,
        words="应当计入",
        **at.common,
    )


def _spot(at: Occasion) -> None:
    actions.handle_on_the_spot(
        by=at.viewer("zhang"),
        words="办好了",
        photos=[at.play.photo()],
        class_code=a_class(),
        **at.common,
    )


def _check(at: Occasion) -> None:
    actions.check(by=at.viewer("checker", "zhang"), passed=True, words="", **at.common)


def _rework(at: Occasion) -> None:
    actions.check(by=at.viewer("checker", "zhang"), passed=False, words="没办好", **at.common)


def _pass(at: Occasion) -> None:
    number = at.play.receipt.case_number
    actions.pass_on_the_spot(numbers=[number], by=at.viewer("li"), key=at.key)


def _rate(at: Occasion) -> None:
    by = at.play.stranger
    actions.rate(report=at.report, by=by, key=at.key, resolved="solved", satisfied="", words="")


def _call_back(at: Occasion) -> None:
    by = at.viewer("acceptor")
    outcome = ("not_reached", "refused", "reached")[at.who % 3]
    said = ("solved", "acceptable") if outcome == "reached" else ("", "")
    actions.call_back(
        report=at.report, by=by, key=at.key, outcome=outcome, resolved=said[0], satisfied=said[1]
    )


def _unsolved(at: Occasion) -> None:
    actions.rate(
        report=at.report,
        by=at.play.stranger,
        key=at.key,
        resolved="unsolved",
        satisfied="",
        words="又堆上了",
    )


def _relocate(at: Occasion) -> None:
    street = at.cast.street
    spots = [actions.Where(place_id=place.pk) for place in (street.building, street.next_compound)]
    spots.append(actions.Where(*box(2.4, 0.4, 2.6, 0.6).centroid.coords[0]))
    by = at.viewer("acceptor", "handler", "tang", "li", "checker")
    actions.relocate(by=by, where=spots[at.who % 3], **at.common)


def _supervise(at: Occasion) -> None:
    named = (at.cast.supervisor, at.cast.wang, at.cast.li)[at.who % 3]
    actions.supervise(
        by=at.viewer("supervisor", "wang"),
        supervisor_id=named.user_id,
        due_at=clock.now() + timedelta(days=at.who % 3),
        words="请抓紧",
        **at.common,
    )


def _ask_to_hang(at: Occasion) -> None:
    actions.ask_to_hang(
        by=at.viewer("handler", "tang", "li"),
        reason_code="season",
        review_on=clock.today() + timedelta(days=1 + at.who * 3),
        words="等天晴",
        **at.common,
    )


def _hang(at: Occasion) -> None:
    granted = at.who != 3
    actions.hang(by=at.likeliest("supervisor"), granted=granted, words="再看看", **at.common)


def _review(at: Occasion) -> None:
    review_on = clock.today() + timedelta(days=1 + at.who * 2)
    by = at.likeliest("supervisor")
    actions.review(by=by, review_on=review_on, words="还在下雨", **at.common)


def _ask_to_extend(at: Occasion) -> None:
    actions.ask_to_extend(
        by=at.viewer("handler", "tang", "li"),
        amount=1 + at.who % 2,
        reason_code="many_units",
        words="还要几家一起看",
        form=[at.play.photo()] if at.who % 2 else [],
        **at.common,
    )


def _extend(at: Occasion) -> None:
    by = at.viewer("supervisor", "dispatcher")
    actions.extend(by=by, granted=at.who != 3, words="知道了", **at.common)


def _whistle(at: Occasion) -> None:
    street = at.cast.street
    called = (street.water, street.office, street.sanitation, street.property_firm)
    actions.whistle(
        by=at.viewer("supervisor", "dispatcher"),
        kind="enforcement",
        unit_ids=[unit.pk for unit in called[: at.who % 4]],
        due_at=clock.now() + timedelta(hours=at.who % 3),
        words="请到现场",
        **at.common,
    )


def _arrive(at: Occasion) -> None:
    street = at.cast.street
    unit = (street.water, street.office, street.property_firm)[at.who % 3]
    actions.arrive(
        by=at.viewer("tang", "li", "supervisor"),
        unit_id=unit.pk,
        absence="no_people" if at.who % 4 == 0 else "",
        words="两个人到了",
        **at.common,
    )


def _score(at: Occasion) -> None:
    scores = {row.unit_id: at.who % 6 for row in open_calls().filter(case=at.play.case)}
    actions.score(by=at.viewer("supervisor", "wang"), scores=scores, words="按时", **at.common)


MOVES: dict[str, Move] = {
    "join": _join,
    "ask": lambda at: actions.ask(by=at.viewer("acceptor"), **at.common),
    "verify": lambda at: actions.verify(by=at.viewer("zhang"), answer="exists", **at.common),
    "accept": _accept,
    "reject": _reject,
    "merge": _merge,
    "answer": lambda at: actions.answer(by=at.viewer("acceptor"), words="可以", **at.common),
    "dispatch": _dispatch,
    "take": lambda at: actions.take(by=at.viewer("handler", "tang", "li"), **at.common),
    "return": _return,
    "finish": lambda at: actions.finish(
        by=at.viewer("handler", "tang", "li"), words="办好了", **at.common
    ),
    "spot": _spot,
    "check": _check,
    "rework": _rework,
    "pass": _pass,
    "close": lambda at: actions.close(by=at.viewer("supervisor", "acceptor"), **at.common),
    "rate": _rate,
    "call_back": _call_back,
    "unsolved": _unsolved,
    "reopen": lambda at: actions.reopen(
        report=at.report, by=at.play.stranger, key=at.key, words="又堆上了"
    ),
    "archive": lambda at: actions.archive(by=Viewer.system("beat"), **at.common),
    "urge": lambda at: actions.urge(report=at.report, by=at.play.stranger, key=at.key),
    "word": lambda at: actions.add_word(
        report=at.report, by=at.play.stranger, key=at.key, words="补充一句"
    ),
    "assist": lambda at: actions.assist(
        by=at.viewer("tang", "handler"),
        answer="not_ours" if at.who % 5 == 0 else "done",
        words="查过了",
        **at.common,
    ),
    "urge the holder": lambda at: actions.urge_holder(
        by=at.viewer("dispatcher", "wang"), words="请抓紧", **at.common
    ),
    "urge by the clock": lambda _at: urge_in_time(),
    "escalate": lambda at: actions.escalate(
        by=at.viewer("li", "dispatcher"), words="社区办不了", **at.common
    ),
    "escalate late ones": lambda _at: escalate_late(),
    "whistle": _whistle,
    "arrive": _arrive,
    "score": _score,
    "supervise": _supervise,
    "report to supervisor": lambda at: actions.report_to_supervisor(
        by=at.viewer("handler", "tang", "li", "dispatcher"), words="正在办", **at.common
    ),
    "discharge": lambda at: actions.discharge(
        by=at.viewer("supervisor", "wang"), words="说清了", **at.common
    ),
    "relocate": _relocate,
    "restrict": lambda at: actions.restrict(by=at.viewer("acceptor", "dispatcher"), **at.common),
    "dispute": lambda at: actions.dispute(by=at.viewer("dispatcher"), **at.common),
    "rule": _rule,
    "force close": _force_close,
    "appeal": _appeal,
    "decide": _decide,
    "exclude": _exclude,
    "include": _include,
    "ask_to_hang": _ask_to_hang,
    "hang": _hang,
    "review": _review,
    "resume": lambda at: actions.resume(
        by=at.viewer("handler", "supervisor", "dispatcher"), **at.common
    ),
    "ask_to_extend": _ask_to_extend,
    "extend": _extend,
    "watch": lambda _at: lift_unstaffed(),
}
OFTEN = ("relocate", "merge", "watch", "ask_to_hang", "hang", "resume")
