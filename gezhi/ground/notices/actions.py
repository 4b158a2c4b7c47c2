"""Telling people: a line in an inbox, or a message through a provider.

Notices are consequences of deeds that are recorded where they are done; what is recorded here is
that an address was opened, and why.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils import translation
from django.utils.translation import gettext as _

from gezhi.ground.audit import actions as audit
from gezhi.ground.notices import providers, recipients, sentences, signals
from gezhi.ground.notices.models import Delivery, Notice
from gezhi.ground.notices.quiet import quiet_until
from gezhi.ground.notices.rules import MOST_TRIES
from gezhi.kernel import clock, rows
from gezhi.kernel.errors import Conflict, Unseen
from gezhi.kernel.rights import Right, require
from gezhi.kernel.viewer import Viewer

SYSTEM = "notices"


def notify_user(
    user_id: int,
    kind: str,
    subject_kind: str,
    subject_id: int | None,
    subject_number: str,
    key: str,
    *,
    district_id: int | None = None,
) -> None:
    """Put one line into the inbox of a member of staff, in the caller's transaction.

    The same key writes nothing again. `kind` is a code of `sentences.STAFF`.
    """
    notice = Notice(
        district_id=district_id,
        user_id=user_id,
        kind=kind,
        subject_kind=subject_kind,
        subject_id=subject_id,
        subject_number=subject_number,
        created_at=clock.now(),
        key=key,
    )
    rows.insert_new(notice)


def send_to_report(report_id: int, kind: str, key: str, *, district_id: int | None = None) -> None:
    """Send the reporter of a report a message of this kind, not in the quiet hours.

    Written in the caller's transaction and sent by a task. The same key sends nothing again. A
    reporter who left no number costs one row that says so.
    """
    _send("report", report_id, kind, key, district_id, after=quiet_until(clock.now()))


def send_to_user(user_id: int, kind: str, key: str, *, district_id: int | None = None) -> None:
    """Send a member of staff a message of this kind, by day and night, as `send_to_report`."""
    _send("user", user_id, kind, key, district_id, after=None)


def send_to_group(
    recipient_kind: str,
    recipient_id: int,
    provider: str,
    kind: str,
    key: str,
    *,
    district_id: int | None = None,
) -> None:
    """Send the group chat of a unit a line, by the robot of that group; as `send_to_user` otherwise."""
    with transaction.atomic():
        delivery, fresh = _written(
            recipient_kind, recipient_id, kind, key, district_id, provider=provider
        )
        if fresh:
            _leave_to_a_task(delivery, after=None)


def try_again(delivery_id: int, *, by: Viewer) -> None:
    """Let a message that failed begin again with all its tries.

    Refuses (NotPermitted) everybody but who tends tasks, (Unseen) one of another district or none,
    (Conflict) one that has not failed: pressed twice, it goes out once.
    """
    require(by, Right.TEND_TASKS)
    with transaction.atomic():
        row = Delivery.objects.select_for_update().filter(pk=delivery_id).first()
        if row is None or row.district_id not in (None, by.district_id):
            raise Unseen(_("没有找到这条发送"))
        if row.state != "failed":
            raise Conflict(_("这一条没有失败，不用再发"), code="state")
        row.state, row.tries, row.fault, row.code = "waiting", 0, "", ""
        row.save(update_fields=["state", "tries", "fault", "code"])
        audit.record(by=by, verb="notices.try_again", subject_kind="delivery", subject_id=row.pk)
        _leave_to_a_task(row, after=None)


def send_to_report_now(
    report_id: int, kind: str, key: str, *, district_id: int | None = None
) -> None:
    """As `send_to_report`, from within a task: the message goes out here and now.

    A task of its own sends it only at night or after the provider failed. Not in a transaction:
    the row must stand before anything is sent, so that a task that runs again goes on from it.
    """
    if quiet_until(clock.now()) is not None:
        send_to_report(report_id, kind, key, district_id=district_id)
        return
    delivery, fresh = _written("report", report_id, kind, key, district_id)
    if not fresh:
        delivery = Delivery.objects.get(key=key)
    if delivery.state != "waiting":
        return
    try:
        _deliver(delivery)
    except DatabaseError:
        raise
    except Exception:
        # Whatever a provider raises: the queue tries again, with pauses, and shows what failed.
        _leave_to_a_task(delivery, after=None)


def _send(
    recipient_kind: str,
    recipient_id: int,
    kind: str,
    key: str,
    district_id: int | None,
    after: datetime | None,
) -> None:
    with transaction.atomic():
        delivery, fresh = _written(recipient_kind, recipient_id, kind, key, district_id)
        if fresh and delivery.state == "waiting":
            _leave_to_a_task(delivery, after=after)


def _leave_to_a_task(delivery: Delivery, *, after: datetime | None) -> None:
    signals.waiting.send(sender=Delivery, delivery_id=delivery.pk, after=after)


def _written(
    recipient_kind: str,
    recipient_id: int,
    kind: str,
    key: str,
    district_id: int | None,
    *,
    provider: str | None = None,
) -> tuple[Delivery, bool]:
    """A row for one message, and whether it is new: the same key writes nothing again."""
    provider = providers.chosen() if provider is None else provider
    delivery = Delivery(
        district_id=district_id,
        key=key,
        provider=provider,
        recipient_kind=recipient_kind,
        recipient_id=recipient_id,
        kind=kind,
        state="waiting" if provider else "no_channel",
        asked_at=clock.now(),
    )
    return delivery, rows.insert_new(delivery)


def deliver(delivery_id: int) -> str:
    """Open the address and send one message now; answers the state it is in afterwards.

    Nothing happens to one that is not waiting. A night's message that comes late waits for the
    morning. Raises what the provider raises when it is to be tried again: the queue does that.
    """
    delivery = Delivery.objects.get(pk=delivery_id)
    if delivery.state != "waiting":
        return delivery.state
    morning = quiet_until(clock.now()) if delivery.recipient_kind == "report" else None
    if morning is not None:
        _leave_to_a_task(delivery, after=morning)
        return delivery.state
    return _deliver(delivery)


def _deliver(delivery: Delivery) -> str:
    recipient = recipients.resolve(delivery.recipient_kind, delivery.recipient_id)
    if recipient is None:
        return _settled(delivery, "no_address")
    if not recipient.text:
        audit.record_read(
            by=Viewer.system(SYSTEM, delivery.district_id),
            what="phone",
            subject_kind=delivery.recipient_kind,
            subject_id=delivery.recipient_id,
            purpose=delivery.kind,
        )
    with translation.override(recipient.language):
        text = recipient.text or sentences.message(
            delivery.recipient_kind, delivery.kind, recipient.number
        )
    message = providers.Message(
        key=delivery.key,
        kind=delivery.kind,
        recipient_kind=delivery.recipient_kind,
        recipient_id=delivery.recipient_id,
        address=recipient.address,
        text=text,
    )
    try:
        providers.provider(delivery.provider).send(message)
    except (providers.AddressRefused, providers.Refused) as why:
        _note_try(delivery, why.fault, why.code)
        return _settled(delivery, "failed")
    except Exception as error:
        why_not = error if isinstance(error, providers.NotSent) else providers.NotSent("unexpected")
        if _note_try(delivery, why_not.fault or "unavailable", why_not.code) >= MOST_TRIES:
            return _settled(delivery, "failed")
        raise
    _note_try(delivery, "", "")
    return _settled(delivery, "sent")


def _note_try(delivery: Delivery, fault: str, code: str) -> int:
    """Note a try and what came of it; answers how many there were."""
    Delivery.objects.filter(pk=delivery.pk).update(
        tries=F("tries") + 1, tried_at=clock.now(), fault=fault, code=code
    )
    delivery.tries += 1
    return delivery.tries


def mark_read(notice_ids: Iterable[int], *, by: Viewer) -> int:
    """Mark lines of the viewer's own inbox as read; others' are left alone. Answers how many."""
    return _mark_read(by, ids=list(notice_ids))


def mark_all_read(*, by: Viewer) -> int:
    """Mark the viewer's whole inbox as read; answers how many lines were not."""
    return _mark_read(by, ids=None)


def _mark_read(by: Viewer, ids: list[int] | None) -> int:
    if by.user_id is None:
        return 0
    with transaction.atomic():
        unread = Notice.objects.filter(user_id=by.user_id, read_at=None)
        if ids is not None:
            unread = unread.filter(pk__in=ids)
        count = unread.update(read_at=clock.now())
        if count:
            audit.record(
                by=by,
                verb="notices.read",
                subject_kind="user",
                subject_id=by.user_id,
                detail={"count": count},
            )
    return count


def _settled(delivery: Delivery, state: str) -> str:
    """Note what became of it, unless a twin of this task noted it first."""
    Delivery.objects.filter(pk=delivery.pk, state="waiting").update(
        state=state, sent_at=clock.now() if state == "sent" else None
    )
    return state
