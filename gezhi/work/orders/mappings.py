"""表样: how a city's sheet is read or written, said once, kept by name and version."""

from collections.abc import Mapping as Mapped
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from gezhi.ground.audit import actions as audit
from gezhi.ground.sheets.matching import Column, bare
from gezhi.kernel import clock, words
from gezhi.kernel.errors import Conflict, Invalid, Unseen
from gezhi.kernel.rights import Right, require
from gezhi.kernel.viewer import Viewer
from gezhi.work.orders import fields
from gezhi.work.orders.models import Direction, Mapping

_NAME = 40
_MOST = 64
_OFFERED = 100


def keep(
    *, name: str, direction: Direction, columns: Sequence[tuple[str, str]], by: Viewer
) -> Mapping:
    """Keep how a sheet is read or written under a name: a new version, unless the newest says the
    same already.

    Refuses (Invalid) no name, a sheet without columns, one that is read without number and words,
    or written without number.
    """
    require(by, Right.EXCHANGE_ORDERS)
    said = words.line(name, field="name", most=_NAME)
    if not said:
        raise Invalid(_("给这种表起个名字，比如“市热线导出表”"), field="name")
    kept = [[title[:80], field] for title, field in columns[:_MOST] if title]
    named = [field for _title, field in kept if field]
    if len(named) != len(set(named)):
        raise Invalid(_("有两列选了同一样，只能留一列"), field="columns")
    needed = ["number", "text"] if direction == Direction.IN else ["number"]
    if any(name not in named for name in needed):
        raise Invalid(_("要有工单编号一列；读进来的表还要有内容一列"), field="columns")
    district_id = by.district_id or 0
    with transaction.atomic():
        newest = _versions(district_id, direction, said).first()
        if newest is not None and newest.columns == kept:
            return newest
        row = Mapping(
            district_id=district_id,
            name=said,
            version=newest.version + 1 if newest else 1,
            direction=direction,
            columns=kept,
            made_by=by.user_id,
            made_at=clock.now(),
        )
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError as error:
            raise Conflict(_("刚刚有人存了同名的表样，请再存一次")) from error
        audit.record(
            by=by,
            verb="orders.keep_mapping",
            subject_kind="mapping",
            subject_id=row.pk,
            detail={"version": row.version},
        )
    return row


def newest(viewer: Viewer, direction: Direction) -> list[Mapping]:
    """The newest version of each mapping, by name."""
    found: dict[str, Mapping] = {}
    rows = Mapping.objects.filter(district_id=viewer.district_id or 0, direction=direction)
    for row in rows.order_by("name", "-version"):
        found.setdefault(row.name, row)
    return list(found.values())


def named(viewer: Viewer, direction: Direction, name: str) -> Mapping:
    """The newest version of the mapping of this name; Unseen for none."""
    row = _versions(viewer.district_id or 0, direction, name).first()
    if row is None:
        raise Unseen(_("没有叫这个名字的表样"))
    return row


def version(viewer: Viewer, direction: Direction, mapping_id: int) -> Mapping:
    """One version of a mapping; Unseen for none of the district's."""
    rows = Mapping.objects.filter(district_id=viewer.district_id or 0, direction=direction)
    row = rows.filter(pk=mapping_id).first()
    if row is None:
        raise Unseen(_("没有这种表样"))
    return row


@dataclass(frozen=True, slots=True)
class Choice:
    """A kept version beside the sheet in hand: which columns it names are not there, and whether the
    sheet is read by it now."""

    row: Mapping
    absent: tuple[str, ...]
    is_used: bool


def choices(viewer: Viewer, columns: Sequence[Column]) -> list[Choice]:
    """Every version of the mappings a sheet with these columns could be read by: those that fit
    first, then by name, newest first; at most 100."""
    titles = {one.place: one.title for one in columns}
    there = {bare(title) for title in titles.values()}
    now = {one.place: one.field for one in columns if one.field}
    rows = Mapping.objects.filter(district_id=viewer.district_id or 0, direction=Direction.IN)
    found = []
    for row in rows.order_by("name", "-version")[:_OFFERED]:
        read = placed(row, titles)
        absent = tuple(title for title, name in row.columns if name and bare(title) not in there)
        used = read is not None and {at: name for at, name in read.items() if name} == now
        found.append(Choice(row, absent, used))
    return sorted(found, key=lambda one: bool(one.absent))


def places(viewer: Viewer, headings: Sequence[str]) -> dict[int, str] | None:
    """How a sheet with these headings was read before: column → field. None where none of the kept
    sheets has all its named columns among them; of several the one with most."""
    best: dict[int, str] | None = None
    for mapping in newest(viewer, Direction.IN):
        found = placed(mapping, dict(enumerate(headings)))
        if found is not None and (best is None or _used(found) > _used(best)):
            best = found
    return best


def placed(mapping: Mapping, headings: Mapped[int, str]) -> dict[int, str] | None:
    """Column → field by this mapping; None where a column it names is not among the headings."""
    at = {bare(word): place for place, word in sorted(headings.items(), reverse=True) if word}
    wanted: dict[str, str] = {}
    for title, name in mapping.columns:
        # Of two columns of one heading the one that was used counts.
        wanted[bare(title)] = wanted.get(bare(title)) or name
    if any(field and title not in at for title, field in wanted.items()):
        return None
    found = {at[title]: field for title, field in wanted.items() if title in at}
    # A column that came since is known by its heading, if nobody said otherwise.
    used = set(found.values())
    for title, place in at.items():
        if place not in found:
            known = _known(title)
            found[place] = known if known not in used else ""
            used.add(known)
    return found


def _known(title: str) -> str:
    return next(
        (
            field.name
            for field in fields.FIELDS
            if title in {bare(str(word)) for word in (field.title, *field.aliases)}
        ),
        "",
    )


def _used(found: Mapped[int, str]) -> int:
    return sum(bool(field) for field in found.values())


def _versions(district_id: int, direction: Direction, name: str) -> QuerySet[Mapping]:
    rows = Mapping.objects.filter(district_id=district_id, direction=direction, name=name)
    return rows.order_by("-version")
