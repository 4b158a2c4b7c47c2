"""A stored version as plain content, to be compared with another or changed into the next; and
which version of a pack that is."""

import re
from collections.abc import Sequence

from django.db.models import QuerySet

from gezhi.ground.codes.models import Enactment, Pack
from gezhi.ground.codes.rules import RowOfTerm

_OWN_PART = re.compile(r"-\d+$")


def running_pack(name: str, *, lock: bool = False) -> Pack | None:
    """The version of this pack in force, in the caller's transaction locked for a change."""
    rows = Pack.objects.select_for_update() if lock else Pack.objects.all()
    return rows.filter(name=name, in_force=True).first()


def waiting_of(name: str) -> QuerySet[Enactment]:
    """The enactment of this pack that is neither done nor taken back: one at most."""
    return Enactment.objects.filter(name=name, done_at=None, withdrawn_at=None)


def rows_of(pack: Pack) -> list[RowOfTerm]:
    """All rows of a version."""
    return [
        RowOfTerm(
            dictionary=term.dictionary,
            code=term.code,
            name=term.name,
            name_en=term.name_en,
            parent_code=term.parent_code,
            order=term.order,
            data=term.data,
        )
        for term in pack.terms.all()
    ]


def parents_of(rows: Sequence[RowOfTerm]) -> dict[str, str]:
    """Which dictionary the parents of a dictionary stand in, where it is another one; a stored
    version was checked when it came, so its own rows tell."""
    known = {row.key for row in rows}
    names = {row.dictionary for row in rows}
    found: dict[str, str] = {}
    for row in rows:
        if row.parent_code and (row.dictionary, row.parent_code) not in known:
            found[row.dictionary] = next(name for name in names if (name, row.parent_code) in known)
    return found


def next_version(running: Pack) -> str:
    """ "2026.11" becomes "2026.11-1", then "2026.11-2": the folder's version and a running number."""
    base = running.version
    if running.made_from_id is not None:
        base = _OWN_PART.sub("", base)
    base = base[:15]
    taken = set(Pack.objects.filter(name=running.name).values_list("version", flat=True))
    number = 1
    while f"{base}-{number}" in taken:
        number += 1
    return f"{base}-{number}"
