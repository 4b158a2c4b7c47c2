"""An office's own changes: the version in force becomes the next one, never another in place."""

from collections.abc import Iterable
from datetime import date, datetime, time

from django.db import transaction
from django.utils.translation import gettext as _

from gezhi.ground.audit.actions import record
from gezhi.ground.codes.actions.enacting import enact
from gezhi.ground.codes.actions.importing import store
from gezhi.ground.codes.contents import next_version, parents_of, rows_of, running_pack, waiting_of
from gezhi.ground.codes.models import Enactment, Pack
from gezhi.ground.codes.rules import Key, PackContent, RowOfTerm, changed, validate
from gezhi.kernel import clock, words
from gezhi.kernel.errors import Conflict, Invalid, Unseen
from gezhi.kernel.rights import Right, require
from gezhi.kernel.viewer import Viewer

LONGEST_REASON = 200
_FARTHEST_DAYS = 731


@transaction.atomic
def amend(
    *,
    pack_id: int,
    changes: Iterable[RowOfTerm],
    removed: Iterable[Key] = (),
    reason: str,
    by: Viewer,
    begins: date | None = None,
) -> Enactment:
    """Make the next version of a pack from the one in force, and put it in force.

    `pack_id` is the version the change was thought out on: Conflict when another is in force by
    now or one waits for its day. `changes` are whole rows, new ones or in place of those with their
    code; `removed` are dictionary and code. `begins` is the first day on which it counts: none or
    today is at once; a past day or one over two years ahead is refused (Invalid, `begins`), so is
    an empty reason (`reason`) and a change that changes nothing. For the system administrator.
    """
    require(by, Right.SET_UP)
    why, moment = valid_reason(reason), _moment(begins)
    running = _running(pack_id)
    before = rows_of(running)
    content = PackContent(
        name=running.name,
        version=next_version(running),
        title=running.title,
        source=running.source,
        rows=changed(before, changes, removed),
        parents=parents_of(before),
    )
    if _plain(before) == _plain(content.rows):
        raise Invalid(_("和现在的一样，没有要改的"))
    validate(content)
    pack = store(content, content.digest(), made_from=running)
    row = enact(pack, by=by, reason=why, from_at=moment)
    _tell(row, running, by, "codes.amend")
    return row


@transaction.atomic
def return_to(*, pack_id: int, running_id: int, reason: str, by: Viewer) -> Enactment:
    """Put an older version in force again, at once; the way back from any change.

    Refuses like `amend`: Conflict when another version than `running_id` is in force by now.
    """
    require(by, Right.SET_UP)
    why = valid_reason(reason)
    running = _running(running_id)
    pack = Pack.objects.filter(pk=pack_id, name=running.name).first()
    if pack is None:
        raise Unseen("")
    if pack.pk == running.pk:
        raise Conflict(_("这一版正在用"))
    row = enact(pack, by=by, reason=why)
    _tell(row, running, by, "codes.return_to")
    return row


def refuse_overtaken(pack_id: int) -> None:
    """Conflict, as `amend` would say it, when the version is no longer in force or another waits:
    for whoever wants to know before typing on."""
    with transaction.atomic():
        _running(pack_id)


def valid_reason(text: str) -> str:
    """The reason on one line; Invalid when there is none or it is over 200 signs."""
    plain = words.line(text, field="reason")
    if not plain or len(plain) > LONGEST_REASON:
        raise Invalid(
            _("请写明为什么改，不超过 %(most)s 个字") % {"most": LONGEST_REASON}, field="reason"
        )
    return plain


def _moment(begins: date | None) -> datetime | None:
    if begins is None or begins == clock.today():
        return None
    ahead = (begins - clock.today()).days
    if ahead < 0:
        raise Invalid(_("启用的日子已经过去了，请选今天或以后"), field="begins")
    if ahead > _FARTHEST_DAYS:
        raise Invalid(_("启用的日子太远，最多两年以后"), field="begins")
    return datetime.combine(begins, time(), clock.SHANGHAI)


def _running(pack_id: int) -> Pack:
    asked = Pack.objects.filter(pk=pack_id).first()
    if asked is None:
        raise Unseen("")
    running = running_pack(asked.name, lock=True)
    if running is None or running.pk != pack_id:
        raise Conflict(
            _("刚刚有人改过，现在用的是 %(version)s 版。请看过新的再改")
            % {"version": running.version if running else "—"}
        )
    waiting = waiting_of(asked.name).first()
    if waiting is not None:
        raise Conflict(
            _("已有一版定在 %(day)s 启用；先撤回那一次，再改")
            % {"day": f"{clock.local(waiting.from_at):%Y-%m-%d}"}
        )
    return running


def _plain(rows: Iterable[RowOfTerm]) -> dict[Key, dict[str, object]]:
    return {row.key: row.content() for row in rows}


def _tell(row: Enactment, running: Pack, by: Viewer, verb: str) -> None:
    record(
        by=by,
        verb=verb,
        subject_kind="pack",
        subject_id=row.pack_id,
        detail={
            "name": row.name,
            "version": row.pack.version,
            "version_before": running.version,
            "from": f"{clock.local(row.from_at):%Y-%m-%d %H:%M}",
        },
    )
