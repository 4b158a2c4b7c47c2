"""What a queue may be narrowed by, and what it is narrowed by now."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.faces.desk.queues.case_list import CaseList, of_queue
from gezhi.faces.shell.forms import PlainForm
from gezhi.ground.codes import queries as codes
from gezhi.kernel.viewer import Level, Viewer
from gezhi.records.places import queries as places
from gezhi.work.cases import queries as cases


class FilterForm(PlainForm):
    """What a queue may be narrowed by."""

    q = forms.CharField(label=gettext_lazy("事由或地点里的字"), required=False, max_length=60)
    community = forms.ChoiceField(label=gettext_lazy("社区"), required=False)
    # `class` is no name for a Python attribute; it is put in by `filter_form`.
    light = forms.ChoiceField(
        label=gettext_lazy("时限"),
        required=False,
        choices=[("", gettext_lazy("全部")), ("red", gettext_lazy("已超时"))],
    )


def filter_form(viewer: Viewer, case_list: CaseList) -> FilterForm:
    """The filters of a queue with what is set; communities of the viewer's own area only."""
    form = FilterForm(dict(case_list.parameters) or None, auto_id="filter_%s")
    everything = [("", _("全部"))]
    parents = [row for row in codes.terms("matters") if not row.parent_code]
    form.fields["class"] = forms.ChoiceField(
        label=_("类别"),
        required=False,
        choices=everything + [(row.code, row.label) for row in parents],
    )
    streets = {seat.area_id for seat in viewer.seats if seat.level is Level.STREET}
    form.order_fields(["q", "class", "community", "light"])
    if viewer.district_id and not all(
        seat.level in (Level.COMMUNITY, Level.GRID) for seat in viewer.seats
    ):
        known = places.areas(
            viewer.district_id,
            Level.COMMUNITY,
            street_id=next(iter(streets)) if len(streets) == 1 else None,
        )
        choices = [(str(row.id), row.label) for row in known]
        unknown = [(cases.IN_NO_COMMUNITY, _("社区未定"))]
        form.offer("community", everything + choices + unknown)
    else:
        del form.fields["community"]
    return form


def chosen(form: FilterForm, case_list: CaseList) -> list[tuple[str, str]]:
    """The filters that are set, each with the address that drops it."""
    rows = []
    for name, value in case_list.narrowing.items():
        field = form.fields.get(name)
        names = dict(getattr(field, "choices", ()))
        shown = str(names.get(value, "")) or _worded(name, value)
        rest = {key: kept for key, kept in case_list.narrowing.items() if key != name}
        rows.append((shown, of_queue(case_list.queue, rest).url))
    return rows


def _worded(name: str, value: str) -> str:
    """A filter that is no choice, in words."""
    if name == "days":
        return _("近 %(days)s 天") % {"days": value}
    return f"“{value}”" if name == "q" else value
