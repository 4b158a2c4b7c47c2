"""打开、关闭应急: by right, for an area and a plan, in earnest or as a drill."""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gezhi.ground.accounts.queries import names
from gezhi.ground.codes import queries as codes
from gezhi.kernel import clock, rows, words
from gezhi.kernel.errors import Conflict, Invalid, NotPermitted
from gezhi.kernel.rights import Right, require
from gezhi.kernel.viewer import Level, Viewer
from gezhi.records.places import queries as places
from gezhi.records.posts import actions as calls
from gezhi.work.cases import actions as cases
from gezhi.work.cases.keys import derived
from gezhi.work.emergency import crew, log, plans, recipients
from gezhi.work.emergency.actions.holding import commanded, record, wait_for
from gezhi.work.emergency.actions.roll_call import begin_roll_call
from gezhi.work.emergency.models import WORDS, CrewCall, Emergency, EmergencyCase
from gezhi.work.emergency.queries.reach import may_switch
from gezhi.work.emergency.rules import Line, Told

_SUMMARY = 1000


@transaction.atomic
def switch_on(*, area_id: int, plan_code: str, drill: bool, reason: str, by: Viewer) -> Emergency:
    """Switch an emergency on; its grids are asked, its crew is called, the log begins.

    Refuses (NotPermitted) whoever has no right over the area, (Invalid) an area that is no street or
    community in use, a plan of no pack and no reason, (Conflict) where the same is on already.
    """
    require(by, Right.SWITCH_EMERGENCY)
    area = places.area(area_id)
    if area is None or area.level not in (Level.STREET, Level.COMMUNITY) or not area.in_use:
        raise Invalid(_("请选择一条街道或一个社区"), field="area")
    in_street = area.level == Level.STREET
    street_id = area.id if in_street else area.street_id or 0
    community_id = None if in_street else area.id
    if not may_switch(by, street_id, community_id):
        raise NotPermitted(_("您只能打开自己这条街道的应急；别的街道由那里的值班长或领导来打开"))
    pack = codes.pack_holding("plans")
    plan = plans.plan(plan_code)
    if plan is None or pack is None:
        raise Invalid(_("请选择一个预案"), field="plan")
    said = words.line(reason, field="reason", most=WORDS)
    if not said:
        raise Invalid(_("请写一句为什么打开，例如“城东暴雨红色预警”"), field="reason")
    row = Emergency(
        district_id=by.district_id or 0,
        area_id=area.id,
        street_id=street_id,
        community_id=community_id,
        plan_code=plan.code,
        pack_id=pack.id,
        drill=drill,
        words=said,
        on_at=clock.now(),
        on_by=by.user_id or 0,
    )
    if not rows.insert_new(row):
        raise _already_on(area.name, plan, row)
    log.write(row, Line.ON, by=by, words=said)
    begin_roll_call(row, by=by)
    crew.call_all(row, by=by)
    record("switch_on", row, by, plan=plan.code, drill=drill)
    return row


def _already_on(area: str, plan: plans.Plan, asked: Emergency) -> Conflict:
    """Who was faster, and when: the second of two at once reads it, too."""
    same = Emergency.objects.filter(
        area_id=asked.area_id, plan_code=asked.plan_code, drill=asked.drill, off_at=None
    ).first()
    if same is None:
        return Conflict(_("刚刚有人关掉了同一个应急，请再点一次打开"), code="on")
    said = _(
        "%(area)s的“%(plan)s”%(kind)s已经打开了（%(who)s，%(time)s），不用再开，到列表里点开它"
    )
    return Conflict(
        said
        % {
            "area": area,
            "plan": plan.name,
            "kind": _("演练") if same.drill else _("应急"),
            "who": names({same.on_by}).get(same.on_by, ""),
            "time": f"{clock.local(same.on_at):%H:%M}",
        },
        code="on",
    )


@transaction.atomic
def switch_off(*, emergency_id: int, summary: str, goes_on: bool, by: Viewer) -> Emergency:
    """Switch an emergency off, with a summary for its report.

    Its open cases go on as urgent ones, their limits stay: `goes_on` says that somebody read so.
    Those of a drill end with it. The same person with the same summary once more gets what was
    switched off. Refuses (Conflict) one that is off, and while an open major case has nobody named,
    (Invalid) without a summary, and where open cases are left without `goes_on`.
    """
    done = _switched_off_already(emergency_id, summary, by)
    if done is not None:
        return done
    row = commanded(emergency_id, by)
    left = EmergencyCase.objects.filter(emergency=row, case__ended_at=None)
    nameless = left.filter(is_major=True, named=None).count()
    if nameless:
        said = ngettext(
            "有 %(number)d 件没办完的重大事件还没有点名由谁负责：先点名，或改成不是重大事件，再关闭",
            "有 %(number)d 件没办完的重大事件还没有点名由谁负责：先点名，或改成不是重大事件，再关闭",
            nameless,
        )
        raise Conflict(said % {"number": nameless}, code="nameless")
    said = words.clean(summary, field="summary")
    if not said:
        raise Invalid(_("请写小结：来了什么、做了什么、还剩什么，报告里要用"), field="summary")
    if len(said) > _SUMMARY:
        raise Invalid(_("小结最多 1000 个字，请写短一点"), field="summary")
    open_ = left.count()
    if open_ and not goes_on and not row.drill:
        raise Invalid(_("还有没办完的事，请勾上“接着当紧急的事办”"), field="goes_on")
    row.off_at, row.off_by, row.off_words = clock.now(), by.user_id or 0, said
    row.save(update_fields=["off_at", "off_by", "off_words"])
    system = Viewer.system("emergency", row.district_id)
    if row.drill:
        for number in list(left.values_list("case__number", flat=True)):
            cases.stand_down(number=number, by=system, key=derived("stand_down", row.pk, number))
    log.write(row, Line.OFF, by=by, number=0 if row.drill else open_)
    for line in CrewCall.objects.filter(emergency=row):
        calls.settle(crew.SUBJECT, line.pk, by=system)
    recipients.tell(row, list(Told), "emergency_drill_off" if row.drill else "emergency_off", "off")
    record("switch_off", row, by, left_open=open_)
    return row


def _switched_off_already(emergency_id: int, summary: str, by: Viewer) -> Emergency | None:
    """It can end but once: who ended it, by which words, is the key of the deed."""
    wait_for(emergency_id)
    ended = Emergency.objects.filter(pk=emergency_id, off_by=by.user_id or 0)
    return ended.filter(off_words=words.clean(summary, field="summary")).first()
