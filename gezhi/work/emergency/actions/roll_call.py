"""点名: the grids are asked, each answers 平安 or 有事 from the phone; 有事 becomes a case."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from gezhi.kernel import clock, rows, words
from gezhi.kernel.errors import Invalid, KeyReused, NotPermitted
from gezhi.kernel.rights import Right, require
from gezhi.kernel.viewer import Viewer
from gezhi.records.places import queries as places
from gezhi.work.cases import actions as cases
from gezhi.work.cases.keys import derived
from gezhi.work.cases.models import Case
from gezhi.work.deeds.asked import Asked, refuse_bad_key
from gezhi.work.emergency import log, plans, recipients
from gezhi.work.emergency.actions.enlisting import take_in
from gezhi.work.emergency.actions.holding import commanded, is_over, locked, record, wait_for
from gezhi.work.emergency.models import WORDS, Answer, Emergency, RollCall
from gezhi.work.emergency.rules import How, Line, Said, Told

CHANNEL = "grid_worker"
# A net that is slow is none that is gone.
_LATE = timedelta(minutes=1)


@transaction.atomic
def call_roll(*, emergency_id: int, after: int, by: Viewer) -> RollCall:
    """Ask every grid of the area once more; the answers so far stay with their roll call.

    `after`: the number of the roll call that whoever asks knows of. Where another went out since,
    by a second click or by somebody else, nothing new is asked: it answers that one, `repeated`.
    """
    row = commanded(emergency_id, by)
    latest = RollCall.objects.filter(emergency=row).latest("number")
    if latest.number != after:
        latest.repeated = True
        return latest
    return begin_roll_call(row, by=by)


def begin_roll_call(row: Emergency, *, by: Viewer) -> RollCall:
    """Write a roll call and tell the grid workers, in the caller's transaction."""
    number = RollCall.objects.filter(emergency=row).count() + 1
    call = RollCall.objects.create(
        emergency=row, number=number, asked_at=clock.now(), asked_by=by.user_id or 0
    )
    log.write(row, Line.ROLL_CALL, by=by, number=number)
    kind = "emergency_drill_roll_call" if row.drill else "emergency_roll_call"
    recipients.tell(row, [Told.WORKERS], kind, f"roll:{number}")
    record("call_roll", row, by, round=number)
    return call


@transaction.atomic
def answer(
    *,
    emergency_id: int,
    grid_id: int,
    said: str,
    by: Viewer,
    key: str,
    text: str = "",
    class_code: str = "",
    where: str = "",
    photos: Sequence[int] = (),
    said_at: datetime | None = None,
) -> Answer:
    """Answer the latest roll call for a grid one walks; the same key answers the same once more.

    `said_at`: when it was said on a phone without a net, that sends it later; it answers the roll
    call of then. What lies before the first or ahead of now is no such moment: it is said now.

    有事 is reported as an urgent case of the emergency; what comes when it is over is kept all the
    same, its trouble as an urgent case that is none of it, since a phone may have been without a net.
    Refuses (NotPermitted) another's grid, (Invalid) a grid that is not asked and trouble without
    words, (Conflict) for a drill that is over, and 平安 said after the end; (KeyReused) a key that
    came with another answer.
    """
    require(by, Right.WALK_GRID)
    refuse_bad_key(key)
    line = words.line(text, field="text", most=WORDS)
    wait_for(emergency_id)
    content = {"emergency": emergency_id, "grid": grid_id, "said": said, "text": line,
               "class": class_code, "where": where, "photos": list(photos)}  # fmt: skip
    asked = Asked("emergency.answer", content)
    before = Answer.objects.filter(answered_by=by.user_id or 0, key=key).first()
    if before is not None:
        if asked.is_what_was_asked(before.digest):
            before.repeated = True
            return before
        raise KeyReused(_("这个操作编号已经用过，请刷新页面后再试"))
    row = locked(emergency_id, by)
    _refuse_others_grid(row, grid_id, by)
    _refuse_too_late(row, said, said_at)
    if said not in Said.values:
        raise Invalid(_("请点“平安”或“有事”"), field="said")
    if said == Said.TROUBLE and not line:
        raise Invalid(_("请写一句什么事，例如“3 栋地下室进水”"), field="text")
    case = None
    if said == Said.TROUBLE:
        case = _reported(row, grid_id, line, class_code, where, photos, by, key)
    call, moment = _said_to(row, said_at)
    found = Answer(
        roll_call=call,
        grid_id=grid_id,
        said=said,
        words="" if case else line,
        case=case,
        answered_by=by.user_id or 0,
        answered_at=moment,
        key=key,
        digest=asked.digest,
    )
    rows.insert(found)
    log.write(
        row,
        Line.TROUBLE if case else Line.SAFE,
        by=by,
        grid_id=grid_id,
        case=case,
        words=_with_moment("" if case else line, moment),
    )
    record("answer", row, by, grid=grid_id, said=said)
    return found


def _refuse_too_late(row: Emergency, said: str, said_at: datetime | None) -> None:
    """After the end a drill hears nothing, and that all is well only where it was said before."""
    if row.off_at is None:
        return
    if row.drill or (said != Said.TROUBLE and (said_at is None or said_at > row.off_at)):
        raise is_over()


def _said_to(row: Emergency, said_at: datetime | None) -> tuple[RollCall, datetime]:
    """The roll call that an answer is for, and when it was said."""
    now = clock.now()
    calls = RollCall.objects.filter(emergency=row).order_by("-number")
    if said_at is not None and said_at <= now:
        then = calls.filter(asked_at__lte=said_at).first()
        if then is not None:
            return then, said_at
    return calls[0], now


def _with_moment(line: str, moment: datetime) -> str:
    """What the log says: of an answer that came late also when it was said."""
    if clock.now() - moment < _LATE:
        return line
    late = _("（%(time)s 答的，没有网，现在才到）") % {"time": f"{clock.local(moment):%H:%M}"}
    return f"{line}{late}"


def _refuse_others_grid(row: Emergency, grid_id: int, by: Viewer) -> None:
    grid = places.area(grid_id)
    if grid is None or row.street_id != grid.street_id:
        raise Invalid(_("这个网格不在这次应急的区域里，请从点名的那一条进来"), field="grid")
    if row.community_id is not None and row.community_id != grid.community_id:
        raise Invalid(_("这个网格不在这次应急的区域里，请从点名的那一条进来"), field="grid")
    if all(seat.area_id != grid_id for seat in by.seats_for(Right.WALK_GRID)):
        raise NotPermitted(_("由走这一格的网格员来答"))


def _reported(
    row: Emergency,
    grid_id: int,
    text: str,
    class_code: str,
    where: str,
    photos: Sequence[int],
    by: Viewer,
    key: str,
) -> Case:
    if class_code and class_code not in plans.classes(row.plan_code, row.pack_id):
        raise Invalid(_("请点预案里的一类，或者不点"), field="class_code")
    receipt = cases.report(
        intake=cases.Intake(
            text=text,
            channel=CHANNEL,
            class_code=class_code,
            urgency="urgent",
            where=cases.Where(words=where, area_id=grid_id),
            photos=photos,
        ),
        by=by,
        key=derived(key, "emergency"),
    )
    case = Case.objects.get(number=receipt.case_number, district_id=row.district_id)
    if row.is_on:
        take_in(row, case, How.ANSWER, by=by)
    return case
