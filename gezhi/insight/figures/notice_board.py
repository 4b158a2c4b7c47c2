"""张榜名单: what was taken in, by community and family, as it may be pinned up."""

from dataclasses import dataclass

from django.db.models import Count

from gezhi.ground.codes import queries as codes
from gezhi.insight.figures.periods import Period
from gezhi.insight.figures.reach import By, reach_of
from gezhi.insight.figures.reckoning import counted_rows, family_of
from gezhi.kernel.viewer import Viewer
from gezhi.methods.suppress.hiding import hide
from gezhi.records.places import queries as places

_COUNTED = ("accepted",)


@dataclass(frozen=True, slots=True)
class NoticeBoard:
    """Communities down, families across, the sums behind and below; None is not written.

    `nowhere` and `unnamed` say whether the last row (no community known) and the last column (no
    class yet) are there.
    """

    communities: tuple[str, ...]
    families: tuple[str, ...]
    numbers: tuple[tuple[int | None, ...], ...]
    nowhere: bool
    unnamed: bool


def notice_board(viewer: Viewer, period: Period) -> NoticeBoard:
    """What was accepted in the viewer's area in a period, one statement; small numbers and what they
    could be reckoned back from are not told. Confidential cases are counted and never named."""
    (rows,) = counted_rows(_COUNTED, period, reach_of(viewer), By.WHOLE, "")
    counted: dict[tuple[int | None, str], int] = {}
    sums = rows.order_by().values("community_id", "class_code").annotate(number=Count("pk"))
    for row in sums:
        key = (row["community_id"], family_of(row["class_code"]))
        counted[key] = counted.get(key, 0) + row["number"]
    names = places.names_of({community for community, _family in counted if community})
    communities: list[int | None] = [*sorted(names, key=names.__getitem__)]
    families = [row.code for row in codes.terms("families")]
    nowhere = any(community not in names for community, _family in counted)
    unnamed = any(family not in families for _community, family in counted)
    known = {row.code: row.label for row in codes.terms("families")}
    lines = communities + ([None] if nowhere else [])
    columns = families + ([""] if unnamed else [])
    if not lines:
        return NoticeBoard((), (), (), nowhere=False, unnamed=False)
    counts = [
        [
            sum(
                number
                for (community, family), number in counted.items()
                if (community if community in names else None) == line
                and (family if family in known else "") == column
            )
            for column in columns
        ]
        for line in lines
    ]
    return NoticeBoard(
        tuple(names[one] for one in communities if one is not None),
        tuple(known[one] for one in families),
        tuple(tuple(row) for row in hide(counts)),
        nowhere=nowhere,
        unnamed=unnamed,
    )
