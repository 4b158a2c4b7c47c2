"""公开摘要: what neighbors may read of it."""

from typing import Unpack

from django.utils.translation import gettext_lazy

from gezhi.work.cases.classing import set_summary
from gezhi.work.cases.declared import Declared, declare
from gezhi.work.cases.doing import Doing, OnCase, do
from gezhi.work.cases.models import Step
from gezhi.work.cases.rules import INTAKE, OPEN, Deed, Rule, Standing
from gezhi.work.deeds.rules import staying

declare(
    Declared(
        Deed.SUMMARIZE,
        Rule(staying(OPEN), (Standing.HOLDER, Standing.CENTRE), INTAKE, "持有单位的受理员"),
        word=gettext_lazy("拟公开摘要"),
        announced=False,
        place=180,
        while_hung=True,
    )
)


def summarize(*, public_summary: str, **to: Unpack[OnCase]) -> Step:
    """公开摘要: the words neighbors may read of it, written or approved by a clerk."""

    def body(doing: Doing) -> Step:
        set_summary(doing.case, public_summary, doing.by)
        return doing.finish()

    return do(Deed.SUMMARIZE, {"summary": public_summary}, body, **to)
