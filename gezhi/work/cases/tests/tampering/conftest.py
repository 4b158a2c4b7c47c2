"""A case with everything in it, and a database with no guards."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection, models

from gezhi.ground.audit import actions as audit
from gezhi.ground.audit import triggers
from gezhi.ground.audit.seals import Seals
from gezhi.kernel import clock
from gezhi.work.cases import actions
from gezhi.work.cases.models import Assignment, Invitation, Opening
from gezhi.work.cases.tests.playing import Play, fresh_key
from gezhi.work.cases.tests.tampering.hand import COVERED


@pytest.fixture
def told(play: Play) -> Play:
    """An open case, worked on a second time, with a row in every table and in every state."""
    play.report(photos=(play.photo(),))
    play.do(actions.ask, play.cast.acceptor.viewer, words="请看一看")
    play.do(actions.verify, play.cast.zhang.viewer, answer="exists")
    play.accept(public_summary="门口有垃圾").dispatch(assist_unit_ids=[play.cast.street.water.pk])
    play.take().supervise()
    report = actions.report_to_supervisor
    play.do(report, play.cast.handler.viewer, words="正在清", photos=[play.photo()])
    play.whistle(unit_ids=[play.cast.street.water.pk, play.cast.street.office.pk])
    play.do(actions.arrive, play.cast.tang.viewer, words="两人到了")
    play.do(actions.arrive, play.cast.li.viewer, words="走不开", absence="no_people")
    scores = {play.cast.street.water.pk: 5, play.cast.street.office.pk: 2}
    play.do(actions.score, play.cast.supervisor.viewer, scores=scores, words="有的没到")
    play.do(actions.discharge, play.cast.supervisor.viewer, words="说清了")
    play.finish(photos=[play.photo()]).check().close()
    actions.call_back(
        report=play.report_row, by=play.cast.acceptor.viewer, key=fresh_key(), outcome="reached",
        resolved="partly", satisfied="acceptable",
    )  # fmt: skip
    actions.rate(
        report=play.report_row, by=play.stranger, key=fresh_key(), resolved="unsolved",
        satisfied="dissatisfied", words="还有一袋",
    )  # fmt: skip
    play.dispatch(lead_unit_id=play.cast.street.water.pk).give_back(play.cast.tang.viewer)
    play.do(actions.dispute, play.cast.dispatcher.viewer, words="说不清归谁")
    area = play.cast.street.community.pk
    play.rule(precedent=actions.PrecedentAsked(area, "门口的垃圾"))
    wrong = Assignment.objects.get(case=play.case, misrouted=True)
    play.do(
        actions.appeal,
        play.cast.dispatcher.viewer,
        words="地点说错了",
        counted=actions.Counted("assignment", wrong.pk),
    )
    play.do(
        actions.decide,
        play.cast.supervisor.viewer,
        granted=True,
        words="属实",
        reason_code="appeal_granted",
    )
    play.take()
    delayed(play)
    invited(play)
    play.finish(photos=[play.photo()])
    play.do(actions.check, play.cast.checker.viewer, passed=False, words="还有")
    play.finish()
    head, seals = audit.locked_head("case", play.case.pk), Seals()
    seals.insert(
        Opening(
            district_id=play.case.district_id, case=play.case, user_id=1, purpose="decide",
            opened_at=clock.now(), until=clock.now(),
        )
    )  # fmt: skip
    audit.settle_head(head, seals)
    return play


def invited(play: Play) -> None:
    """A helper without accounts did something by a link, and lost it."""
    firm = play.cast.street.property_firm.pk
    case, dispatcher = play.case, play.cast.dispatcher.viewer
    row = Assignment(
        district_id=case.district_id, case=case, unit_id=firm, part="assist", round=case.round,
        sent_at=clock.now(), due_at=clock.now(),
    )  # fmt: skip
    head, seals = audit.locked_head("case", case.pk), Seals()
    seals.insert(row)
    audit.settle_head(head, seals)
    play.do(actions.invite, dispatcher, unit_id=firm, brief="开一下门", contact="门卫老周")
    invitation = Invitation.objects.get(assignment=row)
    play.do(actions.inquire, play.stranger, words="哪扇门？", invitation=invitation)
    play.do(actions.revoke, dispatcher)


def delayed(play: Play) -> None:
    """Hung and looked at again, then extended twice."""
    handler, supervisor = play.cast.handler.viewer, play.cast.supervisor.viewer
    today = clock.today()
    play.do(actions.ask_to_hang, handler, reason_code="season", review_on=today, words="下雨铺不了")
    play.do(actions.hang, supervisor, granted=True)
    play.do(actions.review, supervisor, review_on=today + timedelta(days=1), words="还在下")
    play.do(actions.resume, handler)
    for form in ([], [play.photo()]):
        play.do(
            actions.ask_to_extend,
            handler,
            amount=1,
            reason_code="season",
            words="路面没干",
            form=form,
        )
        play.do(actions.extend, supervisor, granted=True)


@pytest.fixture
def unguarded() -> Iterator[None]:
    """Triggers and checks of all these tables lifted; the test's transaction takes it back."""
    triggers.remove()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA ignore_check_constraints = ON")
        else:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for model in COVERED:
                for constraint in model._meta.constraints:
                    if isinstance(constraint, models.CheckConstraint):
                        cursor.execute(
                            f"ALTER TABLE {model._meta.db_table} DROP CONSTRAINT {constraint.name}"
                        )
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        yield
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA ignore_check_constraints = OFF")
