"""The trail as the audit administrator reads it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from gezhi.ground.audit import anchoring, blocks
from gezhi.ground.audit.anchoring import Anchor, Compared
from gezhi.ground.audit.models import Entry
from gezhi.kernel.errors import Invalid, Unseen
from gezhi.kernel.paging import DEFAULT_SIZE, Page, page_of, row_id_of
from gezhi.kernel.rights import Right
from gezhi.kernel.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Asked:
    """A filter; what is empty does not filter. The period is half-open, by the recorded time."""

    user_id: int | None = None
    system_name: str = ""
    verb: str = ""
    subject_kind: str = ""
    subject_id: int | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One entry: ids and codes only; a face puts names to them."""

    id: int
    recorded_at: datetime
    user_id: int | None
    system_name: str
    post_id: int | None
    unit_id: int | None
    verb: str
    subject_kind: str
    subject_id: int | None
    outcome: str
    purpose: str
    detail: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Sealed:
    """How far the trail is sealed: the newest block, its moment and its digest."""

    up_to_entry_id: int
    sealed_at: datetime
    digest: str


_NOTHING = Asked()


def times_spoken_of(kind: str, subject_id: int) -> int:
    """How many entries are about one subject: one more than before is a deed since then."""
    return Entry.objects.filter(subject_kind=kind, subject_id=subject_id).count()


def entries(
    viewer: Viewer, asked: Asked = _NOTHING, *, after: str = "", size: int = DEFAULT_SIZE
) -> Page[EntryRow]:
    """Entries of the viewer's district, newest first; `after` is the cursor of the page before.

    For the audit administrator and commands of the machine; Unseen for everybody else. `verb` is a
    whole verb (`cases.dispatch`) or a module with its dot (`cases.`). Raises BadCursor.
    """
    _require(viewer)
    rows = Entry.objects.filter(_filter(viewer, asked)).order_by("-id")
    if after:
        rows = rows.filter(id__lt=row_id_of(after))
    return page_of([_row(entry) for entry in rows[: size + 1]], size)


def anchor(viewer: Viewer) -> Anchor | None:
    """What is to be noted outside the machine today; None before the first block. Unseen likewise."""
    _require(viewer)
    return anchoring.taken()


def compare(viewer: Viewer, text: str) -> Compared:
    """Whether what was noted earlier is still in the chain. Unseen likewise.

    Refuses (Invalid) a text with less than 16 signs of a digest in it.
    """
    _require(viewer)
    noted = anchoring.noted(text)
    if noted is None:
        raise Invalid(
            _("没有认出摘要：请粘贴导出的全文，或者输入摘要的前 %(signs)d 位（0-9 和 a-f）")
            % {"signs": anchoring.SHORTEST},
            field="noted",
        )
    return anchoring.compared(noted)


def newest_block(viewer: Viewer) -> Sealed | None:
    """The newest block; None before the first. Unseen likewise."""
    _require(viewer)
    block = blocks.newest()
    return Sealed(block.up_to_entry_id, block.sealed_at, block.digest) if block else None


def _require(viewer: Viewer) -> None:
    if not (viewer.is_system or viewer.may(Right.READ_TRAIL)):
        raise Unseen(_("没有找到"))


def _filter(viewer: Viewer, asked: Asked) -> Q:
    wanted = Q()
    if viewer.district_id is not None:
        # Entries of no district are strangers' and the machine's own: everybody's to audit.
        wanted &= Q(district_id=viewer.district_id) | Q(district_id=None)
    for name in ("user_id", "system_name", "subject_kind", "subject_id"):
        value = getattr(asked, name)
        if value not in (None, ""):
            wanted &= Q(**{name: value})
    if asked.verb.endswith("."):
        wanted &= Q(verb__startswith=asked.verb)
    elif asked.verb:
        wanted &= Q(verb=asked.verb)
    if asked.since is not None:
        wanted &= Q(recorded_at__gte=asked.since)
    if asked.until is not None:
        wanted &= Q(recorded_at__lt=asked.until)
    return wanted


def _row(entry: Entry) -> EntryRow:
    return EntryRow(
        id=entry.id,
        recorded_at=entry.recorded_at,
        user_id=entry.user_id,
        system_name=entry.system_name,
        post_id=entry.post_id,
        unit_id=entry.unit_id,
        verb=entry.verb,
        subject_kind=entry.subject_kind,
        subject_id=entry.subject_id,
        outcome=entry.outcome,
        purpose=entry.purpose,
        detail=entry.detail,
    )
