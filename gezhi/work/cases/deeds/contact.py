"""联系反映人: somebody called."""

from typing import Unpack

from django.utils.translation import gettext_lazy

from gezhi.kernel.viewer import Role
from gezhi.work.cases.declared import Declared, declare
from gezhi.work.cases.doing import Doing, OnReport, do_for
from gezhi.work.cases.models import Report, Step
from gezhi.work.cases.rules import INTAKE, OPEN, Deed, Rule, Standing
from gezhi.work.deeds.asked import valid_words
from gezhi.work.deeds.rules import staying

declare(
    Declared(
        Deed.CONTACT,
        Rule(
            staying(OPEN),
            (Standing.HOLDER,),
            INTAKE | {Role.HANDLER, Role.CHECKER},
            "持有单位的工作人员",
        ),
        word=gettext_lazy("联系反映人"),
        announced=False,
        place=170,
        while_hung=True,
    )
)


def contact(*, words: str = "", **to: Unpack[OnReport]) -> Step:
    """联系诉求人: note the first contact with the reporter (响应率 counts it)."""
    words = valid_words(words)
    report = to["report"]

    def body(doing: Doing) -> Step:
        by = doing.by.user_id
        for uncalled in Report.objects.filter(pk=report.pk, first_contact_at=None):
            doing.seals.change(uncalled, first_contact_at=doing.now, first_contact_by=by)
        return doing.finish(words=words)

    return do_for(Deed.CONTACT, {"words": words}, body, **to)
