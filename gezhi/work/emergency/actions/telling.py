"""Notices to many at once, and the answers of a crew that is called."""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from gezhi.kernel import words
from gezhi.kernel.errors import Invalid, Unseen
from gezhi.kernel.viewer import Viewer
from gezhi.records.posts import actions as posts
from gezhi.records.posts.models import Page
from gezhi.work.deeds.asked import Asked, refuse_bad_key, refuse_other_content
from gezhi.work.emergency import crew, log, recipients
from gezhi.work.emergency.actions.holding import commanded, record, wait_for
from gezhi.work.emergency.models import WORDS, CrewCall, LogLine
from gezhi.work.emergency.rules import Line, Told


@transaction.atomic
def notify(*, emergency_id: int, told: Collection[str], text: str, by: Viewer, key: str) -> int:
    """Tell staff of the area something: it stands in the log, and each has it in their inbox.

    Answers how many were told; the same key answers the same and tells nobody again. Refuses
    (Invalid) no words, and nobody to be told, (KeyReused) a key that came with another notice.
    """
    refuse_bad_key(key)
    said = words.line(text, field="text", most=WORDS)
    asked = Asked(
        "emergency.notify", {"emergency": emergency_id, "told": sorted(told), "text": said}
    )
    wait_for(emergency_id)
    before = LogLine.objects.filter(user_id=by.user_id or 0, key=key).first()
    if before is not None:
        refuse_other_content(asked.is_what_was_asked(before.digest))
        return before.number or 0
    row = commanded(emergency_id, by)
    if not said:
        raise Invalid(_("请写通知的内容，不写姓名和电话"), field="text")
    whom = [one for one in Told if one.value in told]
    if not whom:
        raise Invalid(_("请选发给谁"), field="told")
    kind = "emergency_drill_notice" if row.drill else "emergency_notice"
    earlier = LogLine.objects.filter(emergency=row, code=Line.NOTICE).count()
    number = recipients.tell(row, whom, kind, f"notice:{earlier + 1}")
    log.write(row, Line.NOTICE, by=by, number=number, words=said, key=key, digest=asked.digest)
    record("notify", row, by, told=[one.value for one in whom])
    return number


@transaction.atomic
def answer_crew(*, page_id: int, by: Viewer) -> CrewCall:
    """ "我来": whoever was called answers; nobody else of that line is called.

    Refuses anybody but the one called (NotPermitted), and a call that is over (Conflict).
    """
    row = _called(page_id)
    posts.answer_page(page_id=page_id, by=by)
    log.write(row.emergency, Line.ANSWERED, by=by, words=row.name)
    return row


@transaction.atomic
def decline_crew(*, page_id: int, by: Viewer) -> CrewCall:
    """ "来不了": the next of the line is called at once. Refuses as `answer_crew`."""
    row = _called(page_id)
    posts.decline_page(page_id=page_id, by=by)
    log.write(row.emergency, Line.DECLINED, by=by, words=row.name)
    crew.call_next(row, by=Viewer.system("emergency", row.emergency.district_id))
    return row


def _called(page_id: int) -> CrewCall:
    page = Page.objects.filter(pk=page_id, subject_kind=crew.SUBJECT).first()
    rows = CrewCall.objects.select_related("emergency").select_for_update(of=("self",))
    row = rows.filter(pk=page.subject_id).first() if page is not None else None
    if row is None:
        raise Unseen("")
    return row
