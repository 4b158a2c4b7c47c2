"""The form of a routing rule: what it names, when, to whom, on what basis."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.faces.desk.setup import choices
from gezhi.faces.shell import terms
from gezhi.faces.shell.class_field import ClassField
from gezhi.faces.shell.page_form import PageForm
from gezhi.kernel import clock
from gezhi.kernel.errors import Invalid
from gezhi.kernel.viewer import Level, Viewer
from gezhi.records.duties import queries, sentences
from gezhi.records.duties.actions import RouteWanted
from gezhi.records.duties.models import Held, Hours, Route
from gezhi.records.units import queries as units

_AREAS = (Level.DISTRICT, Level.STREET, Level.COMMUNITY, Level.GRID)
_CLOCK = re.compile(r"([01]?[0-9]|2[0-4])[:：]([0-5][0-9])")
_DAY = re.compile(r"([01]?[0-9])[-.月/]([0-3]?[0-9])日?")
_STEP = 10


def _date(label: Any, **options: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **options)


class RouteForm(PageForm):
    """One rule, as a draft."""

    class_code = ClassField(
        label=gettext_lazy("事项类别"),
        groups=choices.classes,
        required=False,
        help_text=gettext_lazy("写两三个字就有提示，也可以写类别码。空着就是各类事项。"),
    )
    urgency = forms.ChoiceField(label=gettext_lazy("紧急程度"), required=False)
    area = forms.ChoiceField(label=gettext_lazy("哪一片"))
    held = forms.ChoiceField(
        label=gettext_lazy("谁来派"), required=False, choices=Held.choices, widget=forms.RadioSelect
    )
    hours = forms.ChoiceField(
        label=gettext_lazy("时间"),
        required=False,
        choices=Hours.choices,
        widget=forms.RadioSelect,
    )
    opens = forms.CharField(
        label=gettext_lazy("从几点"),
        max_length=5,
        help_text=gettext_lazy("写成 9:00。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    closes = forms.CharField(
        label=gettext_lazy("到几点"),
        max_length=5,
        help_text=gettext_lazy("写成 17:00。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    weekdays = forms.MultipleChoiceField(
        label=gettext_lazy("只在星期几"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("一个不勾就是每天。"),
    )
    season_from = forms.CharField(
        label=gettext_lazy("季节从"),
        required=False,
        max_length=6,
        help_text=gettext_lazy("写成 05-01；不分季节就空着。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    season_to = forms.CharField(
        label=gettext_lazy("季节到"),
        required=False,
        max_length=6,
        help_text=gettext_lazy("写成 09-30，这一天也算。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    lead_unit = forms.ChoiceField(label=gettext_lazy("主办单位"))
    assist_units = forms.MultipleChoiceField(
        label=gettext_lazy("协办单位"), required=False, widget=forms.CheckboxSelectMultiple
    )
    waits = forms.MultipleChoiceField(
        label=gettext_lazy("主办要等谁的答复"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("从上面勾了的协办单位里选；不勾就都不等。"),
    )
    duty = forms.ChoiceField(
        label=gettext_lazy("依据哪条权责"),
        required=False,
        help_text=gettext_lazy("权责清单里有的就选上，派单时一起引用。"),
    )
    legal_basis = forms.CharField(
        label=gettext_lazy("其他依据"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("清单里没有的，写条文、会议纪要或文件号。"),
    )
    name = forms.CharField(
        label=gettext_lazy("规则名称"),
        max_length=60,
        help_text=gettext_lazy("大家怎么叫它，例如“占道经营归执法队”。"),
    )
    order = forms.IntegerField(
        label=gettext_lazy("先后"),
        min_value=1,
        max_value=99_999,
        help_text=gettext_lazy("从小到大，第一条合适的就用它。一般的放后面，特别的放前面。"),
    )
    valid_from = _date(gettext_lazy("从哪天起"))
    valid_to = _date(
        gettext_lazy("到哪天止"), required=False, help_text=gettext_lazy("一直有效就空着。")
    )

    def __init__(
        self, *args: Any, viewer: Viewer, route: Route | None = None, **kwargs: Any
    ) -> None:
        kwargs["initial"] = _initial(route) if route is not None else _empty(viewer)
        super().__init__(*args, **kwargs)
        self._viewer = viewer
        offered = choices.open_units(viewer)
        self.offer("urgency", [("", _("不分")), *terms.choices("urgency")])
        self.offer("area", choices.with_blank(_("请选择"), choices.areas(viewer, *_AREAS)))
        self.offer(
            "weekdays", [(str(day), sentences.weekday_words(str(day))) for day in range(1, 8)]
        )
        self.offer("lead_unit", choices.with_blank(_("请选择"), offered))
        self.offer("assist_units", offered)
        self.offer("waits", offered)
        rows = [
            (str(row.pk), f"{row.name}（{row.lead_unit.name}）") for row in queries.duties(viewer)
        ]
        self.offer("duty", [("", _("没有")), *rows])

    def clean_opens(self) -> int:
        return self._minutes("opens")

    def clean_closes(self) -> int:
        return self._minutes("closes")

    def _minutes(self, name: str) -> int:
        found = _CLOCK.fullmatch(self.cleaned_data[name].strip())
        if found is None:
            raise forms.ValidationError(_("时间写成 9:00"))
        return int(found[1]) * 60 + int(found[2])

    def clean_season_from(self) -> str:
        return self._day("season_from")

    def clean_season_to(self) -> str:
        return self._day("season_to")

    def _day(self, name: str) -> str:
        text = self.cleaned_data[name].strip()
        found = _DAY.fullmatch(text)
        if text and found is None:
            raise forms.ValidationError(_("日子写成 05-01（几月-几日）"))
        return f"{int(found[1]):02}{int(found[2]):02}" if found else ""

    @property
    def wanted(self) -> RouteWanted:
        """What the rule is to say; Invalid where one is to be waited for that does not assist."""
        data = self.cleaned_data
        assisting, waits = data["assist_units"], set(data["waits"])
        if waits - set(assisting):
            raise Invalid(_("要等的单位先要在协办单位里勾上"), field="waits")
        return RouteWanted(
            name=data["name"],
            order=data["order"],
            area_id=int(data["area"]),
            lead_unit=units.get(self._viewer, int(data["lead_unit"])),
            class_code=data["class_code"],
            held=data["held"],
            hours=data["hours"],
            opens=data["opens"],
            closes=data["closes"],
            weekdays="".join(data["weekdays"]),
            season_from=data["season_from"],
            season_to=data["season_to"],
            urgency=data["urgency"],
            assists=[(units.get(self._viewer, int(one)), one in waits) for one in assisting],
            duty_id=int(data["duty"]) if data["duty"] else None,
            legal_basis=data["legal_basis"],
            valid_from=data["valid_from"],
            valid_to=data["valid_to"],
        )


def _empty(viewer: Viewer) -> dict[str, Any]:
    """A new rule goes last, from today."""
    return {
        "hours": "",
        "held": "",
        "opens": "9:00",
        "closes": "17:00",
        "order": queries.last_order(viewer) + _STEP,
        "valid_from": clock.today(),
    }


def _initial(route: Route) -> dict[str, Any]:
    assists = list(route.assists.all())
    return {
        "class_code": route.class_code,
        "urgency": route.urgency,
        "area": str(route.area_id),
        "held": route.held,
        "hours": route.hours,
        "opens": sentences.clock_words(route.opens),
        "closes": sentences.clock_words(route.closes),
        "weekdays": list(route.weekdays),
        "season_from": _dashed(route.season_from),
        "season_to": _dashed(route.season_to),
        "lead_unit": str(route.lead_unit_id),
        "assist_units": [str(one.unit_id) for one in assists],
        "waits": [str(one.unit_id) for one in assists if one.waits],
        "duty": str(route.duty_id or ""),
        "legal_basis": route.legal_basis,
        "name": route.name,
        "order": route.order,
        "valid_from": max(route.valid_from, clock.today()),
        "valid_to": route.valid_to,
    }


def _dashed(day: str) -> str:
    return f"{day[:2]}-{day[2:]}" if day else ""
