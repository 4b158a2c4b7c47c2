"""评价: what the reporter says of the end; when called back, by `call_back`."""

from typing import Unpack

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.kernel.errors import Invalid
from gezhi.work.cases.declared import Declared, declare
from gezhi.work.cases.deeds.reopen import may_reopen, reopen
from gezhi.work.cases.doing import Doing, OnReport, do_for
from gezhi.work.cases.keys import derived
from gezhi.work.cases.models import Report, ReportWords, Step
from gezhi.work.cases.rules import Deed, Rule, Standing, State
from gezhi.work.deeds.asked import valid_words
from gezhi.work.deeds.rules import staying

RESOLVED = ("solved", "partly", "unsolved")
SATISFIED = ("satisfied", "acceptable", "dissatisfied")

declare(
    Declared(
        Deed.RATE,
        Rule(
            staying({State.CLOSED, State.ARCHIVED}),
            (Standing.REPORTER,),
            frozenset(),
            "反映人",
        ),
        word=gettext_lazy("评价"),
        announced=False,
    )
)


def rate(*, resolved: str, satisfied: str, words: str = "", **to: Unpack[OnReport]) -> Step:
    """评价, by the reporter: a fact of the report, changes no state.

    "没解决" within the pack's days reopens the case (二次办理) in the same transaction, and is
    refused (Invalid) without words as `reopen` is.
    """
    words = valid_words(words)
    if resolved not in RESOLVED:
        raise Invalid(_("请选择：解决了、部分解决、没解决"), field="resolved")
    if satisfied not in ("", *SATISFIED):
        raise Invalid(_("请选择：满意、基本满意、不满意"), field="satisfied")
    report = to["report"]

    def body(doing: Doing) -> Step:
        note(doing, report, resolved, satisfied, words)
        step = doing.finish(reason_code=resolved)
        if resolved == "unsolved" and may_reopen(doing):
            reopen(report=report, by=doing.by, key=derived(doing.key, "reopen"), words=words)
        return step

    content = {"resolved": resolved, "satisfied": satisfied, "words": words}
    return do_for(Deed.RATE, content, body, **to)


def note(doing: Doing, report: Report, resolved: str, satisfied: str, words: str) -> None:
    """What the reporter said, on the report: by themselves, or to whoever called them back."""
    # Read anew under the lock: another deed may have sealed it since the caller found it.
    doing.seals.change(
        Report.objects.get(pk=report.pk),
        resolved=resolved,
        satisfied=satisfied,
        rated_at=doing.now,
        rated_through="reporter" if doing.by.is_anonymous else "callback",
    )
    for said in ReportWords.objects.filter(report=report) if words else ():
        doing.seals.change(said, rating_words=words)
