"""定为保密: a case that came in open is kept from now on."""

from django.utils.translation import gettext_lazy as _

from gezhi.faces.desk.cases.deeds.form import DeedForm, WordsField
from gezhi.work.cases import actions
from gezhi.work.cases.models import Step
from gezhi.work.cases.rules import Deed


class RestrictForm(DeedForm):
    """定为保密: before it is sent to a unit, and for good."""

    deed = Deed.RESTRICT
    title = _("定为保密")
    label = _("定为保密")
    send = _("定为保密")
    letter = "b"
    done = _("已定为保密：从现在起只有经办的人看得到")
    lead = _(
        "反映人要求保密，或内容不宜外传的，定为保密。以后只有经办的人看得到；承办单位只看到派单时写的话，看不到原话和反映人；领导只知道有这件事。定了不能改回来。"
    )

    words = WordsField(label=_("为什么保密"), required=False, rows=2)

    def do(self) -> Step | None:
        return actions.restrict(
            **self.to,
            words=self.cleaned_data["words"],
        )
