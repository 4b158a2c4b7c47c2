"""可能是同一件事: what a case may be the same as; merging is a deed."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from gezhi.kernel.viewer import Viewer
from gezhi.work.cases.models import Case
from gezhi.work.triage.queries import SimilarCase, similar_cases

SHOWN = 3
_LIKELY, _NEAR, _FAR = 80, 65, 35
# What one moment alone says is little (`methods/resemble/weights`): within three days; after a month.
_SOON, _LONG_AGO = 54, 45


@dataclass(frozen=True, slots=True)
class SameLine:
    """One case it may be the same as: how likely in words, what spoke for it, where to merge."""

    title: str
    url: str
    place_words: str
    class_name: str
    state: str
    reported_at: datetime
    how: str
    parts: tuple[str, ...]
    merge_url: str


def same_lines(viewer: Viewer, case: Case, *, may_merge: bool, query: str = "") -> list[SameLine]:
    """Up to three cases this one may be the same as, the likeliest first; [] where none came."""
    merge_url = reverse("desk:deed", args=[case.number, "merge"])
    return [
        SameLine(
            title=one.title or one.class_name or one.number,
            url=reverse("desk:case", args=[one.number]),
            place_words=one.place_words,
            class_name=one.class_name,
            state=one.state,
            reported_at=one.reported_at,
            how=how_likely(one.percent, one.merge),
            parts=parts_of(one),
            merge_url=f"{merge_url}?into={one.number}{'&' if query else ''}{query}"
            if may_merge and one.is_open
            else "",
        )
        for one in similar_cases(viewer, case)[:SHOWN]
    ]


def how_likely(percent: int, merge: bool) -> str:
    """As "很可能是同一件（93%）"; what is sure enough to be merged is called likely."""
    if merge:
        return _("很可能是同一件（%(percent)d%%）") % {"percent": percent}
    if percent >= _LIKELY:
        return _("可能是同一件（%(percent)d%%）") % {"percent": percent}
    return _("有点像（%(percent)d%%）") % {"percent": percent}


def parts_of(one: SimilarCase) -> tuple[str, ...]:
    """What spoke for it and what did not, each in words."""
    return (
        _("文字%(how)s像（%(percent)d%%）")
        % {"how": _("很") if one.text >= _NEAR else _("不太") if one.text < _FAR else _("有点"),
           "percent": one.text},
        _measured(one.place, (_NEAR, _FAR), _("地点近"), _("地点说不准"), _("地点远")),
        _measured(one.time, (_SOON, _LONG_AGO), _("时间近"), _("时间隔了一阵"), _("时间隔得久")),
    )  # fmt: skip


def _measured(percent: int, bounds: tuple[int, int], near: str, between: str, far: str) -> str:
    least, most = bounds
    return near if percent >= least else far if percent < most else between
