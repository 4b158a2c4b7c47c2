"""Forms of an emergency: on, off, a notice, who takes a major case."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.faces.shell.forms import KeyedForm
from gezhi.faces.shell.page_form import PageForm
from gezhi.kernel.viewer import Level, Viewer
from gezhi.work.emergency import plans, queries
from gezhi.work.emergency.models import WORDS, Emergency
from gezhi.work.emergency.rules import Told

DRILL = "drill"


class EmergencyForm(PageForm):
    """Rows that have another name than the action's field say so in `REFUSED_AS`."""

    REFUSED_AS: dict[str, str] = {}

    def row_of(self, field: str) -> str:
        """The row of that field."""
        return self.REFUSED_AS.get(field, field)


class SwitchOnForm(EmergencyForm):
    """Where, by which plan, in earnest or as a drill, and why."""

    area = forms.TypedChoiceField(label=gettext_lazy("哪个区域"), coerce=int)
    plan = forms.ChoiceField(label=gettext_lazy("哪个预案"), widget=forms.RadioSelect)
    kind = forms.ChoiceField(
        label=gettext_lazy("真的还是演练"),
        choices=[
            ("real", gettext_lazy("真的：时限、呼叫都算数")),
            (DRILL, gettext_lazy("演练：不进任何人的数，不告诉居民")),
        ],
        initial="real",
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=gettext_lazy("为什么"),
        max_length=WORDS,
        help_text=gettext_lazy("一句话，例如“城东暴雨红色预警”。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        areas = queries.areas_to_switch(viewer)
        offered = [
            (str(area.id), area.name if area.level == Level.STREET else f"　{area.name}")
            for area in areas
        ]
        self.offer("area", offered if len(offered) == 1 else [("", _("请选择")), *offered])
        self.offer("plan", [(plan.code, plan.name) for plan in plans.plans()])
        self.area_names = {area.id: area.name for area in areas}

    @property
    def is_drill(self) -> bool:
        """Whether a drill was chosen."""
        return bool(self.cleaned_data["kind"] == DRILL)


class SwitchOffForm(EmergencyForm):
    """The summary, and that open cases go on."""

    summary = forms.CharField(
        label=gettext_lazy("小结"),
        max_length=1000,
        help_text=gettext_lazy("来了什么、做了什么、还剩什么。写进报告，不写姓名和电话。"),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    goes_on = forms.BooleanField(required=False)

    def __init__(self, *args: Any, left: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if left:
            words = _("还有 %(number)d 件没办完：接着当紧急的事办，时限不变")
            self.fields["goes_on"].label = words % {"number": left}
        else:
            del self.fields["goes_on"]


class NoticeForm(EmergencyForm, KeyedForm):
    """What is said to whom; sent twice it is said once."""

    told = forms.MultipleChoiceField(
        label=gettext_lazy("发给谁"), choices=Told.choices, widget=forms.CheckboxSelectMultiple
    )
    text = forms.CharField(
        label=gettext_lazy("通知"),
        max_length=WORDS,
        help_text=gettext_lazy("一两句话，不写姓名和电话。居民收不到。"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class MajorForm(EmergencyForm):
    """Who takes the case whole."""

    named = forms.TypedChoiceField(
        label=gettext_lazy("由谁一管到底"),
        coerce=int,
        empty_value=None,
        required=False,
        help_text=gettext_lazy("可以先列上，再点名；没点名的关不了应急。"),
    )

    def __init__(self, *args: Any, row: Emergency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [
            (unit, [(str(user.pk), user.name) for user in users])
            for unit, users in queries.takers_by_unit(row).items()
        ]
        self.offer("named", [("", _("先不点名")), *people])
