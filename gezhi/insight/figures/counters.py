"""The fixed words that the formulas of the packs are made of: each says what it counts and by which day.

Pure. What is ended without having walked its loop is counted apart: 直接答复, 自行处置 and 强制结案 improve
no share of what was handled on time. What is hung, or was merged or refused, has not fallen due. A
person who was not reached has said nothing, and so counts neither as satisfied nor as not.
"""

from django.utils.translation import gettext_lazy as _

from gezhi.insight.figures.facts import DELAYED, Ask, Counter, Day, Test, Tests


def _ended(case: str) -> Test:
    return Test(f"{case}state", Ask.AMONG, ("closed", "archived"))


def _forced(case: str) -> Test:
    return Test(f"{case}marks", Ask.MARKED, "forced")


def _spot(case: str) -> Test:
    return Test(f"{case}on_the_spot", Ask.IS, True)


def _passed(case: str) -> Test:
    return Test(f"{case}check_passed_at", Ask.KNOWN, True)


def _answered(case: str) -> Tests:
    """直接答复: ended, and neither by force nor after a check."""
    unchecked = Test(f"{case}check_passed_at", Ask.KNOWN, False)
    return (_ended(case), unchecked, Test(f"{case}marks", Ask.UNMARKED, "forced"))


_MERGED = (Test("state", Ask.IS, "merged"),)
_WALKED: Tests = (_ended(""), _passed(""))
_NOT_WALKED: tuple[Tests, ...] = ((_spot(""),), (_forced(""),))

# The promise of a case is that of its own first report; whoever joined has one of their own.
_FIRST: Tests = (
    Test("joined", Ask.IS, False),
    Test("first_case_id", Ask.SAME_AS, "case_id"),
)
# Who was granted a delay is held to the clocks that it moved, and not to the promise of before.
_DELAYED = Test(DELAYED, Ask.IS, True)
_REFUSED_OR_MERGED = (Test("case__state", Ask.AMONG, ("merged", "rejected")),)
_NEVER_DUE: tuple[Tests, ...] = (
    _REFUSED_OR_MERGED,
    (Test("case__marks", Ask.MARKED, "hung"),),
    (_spot("case__"),),
    _answered("case__"),
    (_DELAYED, Test("case__due_at", Ask.TO_COME)),
)
_LATE: tuple[Tests, ...] = (
    (Test("case__ended_at", Ask.AFTER, "promised_at"), Test(DELAYED, Ask.IS, False)),
    (_DELAYED, Test("case__marks", Ask.MARKED, "late")),
)
_DONE_OF_DUE: Tests = (*_FIRST, _ended("case__"), _passed("case__"))
_FORCED_OF_DUE: tuple[Tests, ...] = (*_NEVER_DUE, (_forced("case__"),))

_REACHABLE: Tests = (Test("anonymous", Ask.IS, False),)
_ONLY_ASKED = ((Test("case__kind", Ask.AMONG, ("consult", "praise")),),)
# What a unit that closes hands on was sent once: whoever has it now is counted.
_LEAD: Tests = (Test("part", Ask.IS, "lead"), Test("handed_on", Ask.IS, False))
# A failed check takes the moment away again.
_NEVER_FINISHED = (Test("finished_at", Ask.KNOWN, False), Test("reworked", Ask.IS, 0))

_ALL: tuple[Counter, ...] = (
    Counter(
        "reported",
        _("上报的事（合并的、直接答复的不算）"),
        Day.REPORTED,
        unless=(_MERGED, _answered("")),
    ),
    Counter(
        "filed",
        _("其中受理了的"),
        Day.REPORTED,
        passes=(Test("accepted_at", Ask.KNOWN, True),),
        unless=(_MERGED, _answered("")),
    ),
    Counter("accepted", _("受理的事（合并的不算）"), Day.ACCEPTED, unless=(_MERGED,)),
    Counter(
        "closed",
        _("走完流程结案的事（直接答复、自行处置、强制结案不算）"),
        Day.ENDED,
        passes=_WALKED,
        unless=_NOT_WALKED,
    ),
    Counter("answered", _("直接答复的事"), Day.ENDED, passes=_answered("")),
    Counter(
        "on_the_spot",
        _("网格员自行处置的事"),
        Day.ENDED,
        passes=(_ended(""), _spot("")),
        unless=((_forced(""),),),
    ),
    Counter("forced", _("强制结案的事"), Day.ENDED, passes=(_ended(""), _forced(""))),
    Counter(
        "handling_time",
        _("走完流程的事从受理到结案的时间"),
        Day.ENDED,
        passes=(*_WALKED, Test("accepted_at", Ask.KNOWN, True)),
        unless=_NOT_WALKED,
        hours=("accepted_at", "ended_at"),
    ),
    Counter(
        "due",
        _("应结案的事：承诺的时限已到（挂账、不予受理、合并、直接答复、自行处置的不算）"),
        Day.DUE,
        passes=_FIRST,
        unless=_NEVER_DUE,
    ),
    Counter(
        "due_closed",
        _("其中结了案的（强制结案不算）"),
        Day.DUE,
        passes=_DONE_OF_DUE,
        unless=_FORCED_OF_DUE,
    ),
    Counter(
        "due_on_time",
        _("其中在承诺的时限前结案的（延期、挂账批过的看各环节超没超时；强制结案不算）"),
        Day.DUE,
        passes=_DONE_OF_DUE,
        unless=(*_FORCED_OF_DUE, *_LATE),
    ),
    Counter(
        "to_contact",
        _("留了联系方式、承诺的时限已到的诉求"),
        Day.DUE,
        passes=_REACHABLE,
        unless=(_REFUSED_OR_MERGED,),
    ),
    Counter(
        "contacted",
        _("其中在时限前联系过反映人的"),
        Day.DUE,
        passes=(*_REACHABLE, Test("first_contact_at", Ask.KNOWN, True)),
        unless=(_REFUSED_OR_MERGED, (Test("first_contact_at", Ask.AFTER, "promised_at"),)),
    ),
    *(
        Counter(name, words, Day.RATED, (Test(column, Ask.IS, name),), _ONLY_ASKED)
        for column, name, words in (
            ("resolved", "solved", _("回访说解决了的诉求（咨询、表扬不算）")),
            ("resolved", "partly", _("说部分解决的")),
            ("resolved", "unsolved", _("说没解决的")),
            ("satisfied", "satisfied", _("说满意的诉求（没联系上、没表态的不算）")),
            ("satisfied", "acceptable", _("说基本满意的")),
            ("satisfied", "dissatisfied", _("说不满意的")),
        )
    ),
    Counter("sent", _("主办派单"), Day.SENT, passes=_LEAD),
    Counter(
        "accurate",
        _("其中没有派错的"),
        Day.SENT,
        passes=(*_LEAD, Test("misrouted", Ask.IS, False)),
    ),
    Counter(
        "returned",
        _("其中退单的"),
        Day.SENT,
        passes=(*_LEAD, Test("returned_at", Ask.KNOWN, True)),
    ),
    Counter("finished", _("办结过的主办派单"), Day.SENT, passes=_LEAD, unless=(_NEVER_FINISHED,)),
    Counter(
        "reworked",
        _("其中核查没通过、返工的"),
        Day.SENT,
        passes=(*_LEAD, Test("reworked", Ask.AT_LEAST, 1)),
    ),
)
COUNTERS = {counter.name: counter for counter in _ALL}
