"""What sets one case apart from its neighbors, in one set of words for every page of staff.

List, head of a case, search, home, phone, print and export all ask here.
"""

from collections.abc import Iterable
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from gezhi.faces.shell import moments
from gezhi.faces.shell.parts import Tag
from gezhi.kernel import clock
from gezhi.work.cases.queries import CaseRow
from gezhi.work.cases.rules import Mark, State

# What stands beside a case, in the order in which it changes the next step.
_BESIDE: dict[Mark, tuple[str | Promise, str, str]] = {
    Mark.DRILL: (gettext_lazy("演练"), "open", "flag"),
    Mark.EMERGENCY: (gettext_lazy("应急"), "late", "warning"),
    Mark.HUNG: (gettext_lazy("挂账"), "warn", "pause"),
    Mark.HANG_ASKED: (gettext_lazy("申请挂账"), "line", "pause"),
    Mark.EXTENSION_ASKED: (gettext_lazy("申请延期"), "line", "clock"),
    Mark.DISPUTED: (gettext_lazy("待裁决"), "warn", "return"),
    Mark.SUPERVISED: (gettext_lazy("督办"), "late", "flag"),
    Mark.WHISTLED: (gettext_lazy("吹哨"), "warn", "bell"),
    Mark.ASSISTED: (gettext_lazy("协办中"), "line", ""),
    Mark.INVITED: (gettext_lazy("外单位"), "line", ""),
    Mark.ESCALATED: (gettext_lazy("升级"), "warn", "flag"),
    Mark.APPEALED: (gettext_lazy("申诉中"), "line", ""),
    Mark.EXCLUDED: (gettext_lazy("有剔除"), "line", ""),
    Mark.FORCED: (gettext_lazy("强制结案"), "warn", ""),
}
# What no line is tagged with, for it changes no next step, and lists are narrowed by.
_BEFORE: dict[Mark, str | Promise] = {
    Mark.LATE: gettext_lazy("超过期"),
    Mark.MISROUTED: gettext_lazy("派错过"),
    Mark.SCORED: gettext_lazy("扣过分"),
}
# While it is with the unit, and while somebody looks whether it was done this time.
_REDONE = frozenset({State.HANDLING, State.CHECKING})


def tags(row: CaseRow) -> list[Tag]:
    """The tags of a case, what changes the next step first."""
    return [*_kept(row), *_beside(row), *_again(row), *_pressing(row), *_otherwise(row)]


def words_of(row: CaseRow) -> str:
    """The same in one line, for a cell of a table or of a file."""
    return "、".join(tag.words for tag in tags(row))


def words_of_marks() -> list[tuple[str, str]]:
    """What may stand beside a case, by code and word: what lists are narrowed by."""
    beside = [(mark.value, str(words)) for mark, (words, _kind, _icon) in _BESIDE.items()]
    return [*beside, *((mark.value, str(words)) for mark, words in _BEFORE.items())]


def _kept(row: CaseRow) -> Iterable[Tag]:
    """Not to be spoken of outside: before anything else is done with it."""
    if row.restricted:
        yield Tag(_("保密"), "warn", "lock")


def _beside(row: CaseRow) -> Iterable[Tag]:
    for mark, (words, kind, icon) in _BESIDE.items():
        if mark in row.marks:
            yield Tag(str(words), kind, icon)


def _again(row: CaseRow) -> Iterable[Tag]:
    """It was here before: returned by a unit, failed its check, reopened by the reporter."""
    if row.came_back:
        often = _("第 %(number)d 次退单") % {"number": row.returns}
        yield Tag(often if row.returns > 1 else _("退单"), "warn", "return")
    if row.reworks and row.state in _REDONE and not row.check_passed:
        often = _("第 %(number)d 次返工") % {"number": row.reworks}
        yield Tag(often if row.reworks > 1 else _("返工"), "warn", "refresh")
    if row.round > 1:
        yield Tag(_("第 %(number)d 次办理") % {"number": row.round}, "warn", "refresh")


def _pressing(row: CaseRow) -> Iterable[Tag]:
    if row.urgency not in ("", "ordinary"):
        yield Tag(_("紧急"), "late", "flag")
    if row.urged:
        yield Tag(_("催办"), "warn", "bell")
    if row.light == "yellow":
        yield Tag(_("快到期"), "warn", "clock")
    if row.sooner_at:
        yield _came_with(row.sooner_at)


def _came_with(due: datetime) -> Tag:
    """The limit the case came with, where a unit that looks at its own alone would miss it; with its
    day, since files hold the same words."""
    if due < clock.now():
        return Tag(_("转来的时限已过"), "late", "clock")
    return Tag(_("转来的时限 %(due)s") % {"due": moments.dated_until(due)}, "warn", "clock")


def _otherwise(row: CaseRow) -> Iterable[Tag]:
    if row.reports > 1:
        people = ngettext("%(number)d 人反映", "%(number)d 人反映", row.reports)
        yield Tag(people % {"number": row.reports}, "line")
    if row.on_the_spot:
        yield Tag(_("自行处置"), "line")
