"""The list a case was opened from: a queue with its filters, or a search; it stays left of the case.

It travels in the query string of every address, so that reload, back button and a colleague who
gets the address see the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.faces.desk import registry
from gezhi.faces.desk.queues.lines import lines, with_query
from gezhi.faces.desk.registry import Section
from gezhi.faces.shell.forms import PlainForm
from gezhi.faces.shell.middleware import viewer_in
from gezhi.ground.codes import queries as codes
from gezhi.kernel.viewer import Level, Viewer
from gezhi.records.places import queries as places
from gezhi.work.cases import queries as cases
from gezhi.work.cases.queries import desk

# Queues in which cases stand in many states: their lines say which.
MIXED = frozenset({"open", "ended", "overdue", "callback"})
# Queues whose cases may be ended several at once, each with what was done and seen before it.
REVIEWED = frozenset({"spot", "closing"})
# How cases are drawn in a list.
ROWS = "desk/queues/_case_rows.html"
FILTERS = ("class", "community", "holder", "light", "q", "days")


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


@dataclass(frozen=True, slots=True)
class Source:
    """A queue or a search; `query` is what the addresses of its cases carry."""

    queue: str = ""
    find: str = ""
    parameters: tuple[tuple[str, str], ...] = ()

    @property
    def query(self) -> str:
        """For the address of a case of this list."""
        if self.find:
            return urlencode({"find": self.find})
        return urlencode({"queue": self.queue, **dict(self.parameters)})

    @property
    def url(self) -> str:
        """The list itself."""
        if self.find:
            return f"{reverse('desk:search')}?{urlencode({'q': self.find})}"
        address = reverse("desk:queue", args=[self.queue])
        return with_query(address, urlencode(dict(self.parameters)))

    @property
    def title(self) -> str:
        """What stands above the list."""
        if self.find:
            return _("查“%(words)s”") % {"words": self.find}
        return str(cases.QUEUES[self.queue].title)

    @property
    def narrowing(self) -> dict[str, str]:
        """The filters that are set."""
        return {name: value for name, value in self.parameters if name != "after"}


def of_queue(name: str, parameters: Mapping[str, str]) -> Source:
    """The queue of this name as the parameters narrow it."""
    wanted = (*FILTERS, "after")
    return Source(
        queue=name,
        parameters=tuple((key, parameters[key]) for key in wanted if parameters.get(key)),
    )


def searched_for(request: HttpRequest) -> str:
    """The words of a search: `q`, its blanks single, cut to what a search takes."""
    return " ".join(request.GET.get("q", "").split())[:60]


def opened_from(request: HttpRequest) -> Source | None:
    """The list named in the address of a case, when it is one of this viewer's; else None."""
    find = request.GET.get("find", "").strip()[:60]
    if find:
        return Source(find=find)
    name = request.GET.get("queue", "")
    if name in {queue.name for queue in cases.queues_for(viewer_in(request))}:
        request.menu_at = reverse("desk:queue", args=[name])  # type: ignore[attr-defined]
        return of_queue(name, request.GET)
    return None


def listed(viewer: Viewer, source: Source, *, current: str = "") -> dict[str, Any]:
    """The rows of a source with what a list page shows round them."""
    if source.find:
        return {
            "source": source,
            "sections": found(viewer, source, current=current),
            "shows_state": True,
        }
    listing = cases.listing(
        viewer,
        source.queue,
        filters=cases.kept(dict(source.parameters)),
        after=dict(source.parameters).get("after", ""),
    )
    following = of_queue(source.queue, {**dict(source.parameters), "after": listing.after})
    return {
        "source": source,
        "sections": [Section("", lines(listing.rows, query=source.query, current=current), ROWS)],
        "more_url": following.url if listing.after else "",
        "shows_state": source.queue in MIXED,
        "narrowed": bool(source.narrowing),
        "tools": registry.tools(viewer),
        **_head(viewer, source),
    }


def _head(viewer: Viewer, source: Source) -> dict[str, Any]:
    """What stands above the rows of a queue: filters, what is set, and ending several at once."""
    form = filter_form(viewer, source)
    address = [source.queue]
    return {
        "filters": form,
        "chosen": chosen(form, source),
        "clear_url": reverse("desk:queue", args=address),
        "export_url": with_query(reverse("desk:export", args=address), urlencode(source.narrowing)),
        "review_url": reverse("desk:review", args=address) if source.queue in REVIEWED else "",
    }


def found(viewer: Viewer, source: Source, *, current: str = "") -> list[Section]:
    """What a search found: open cases, then ended ones, under their names."""
    parts = zip((_("在办"), _("已办完")), desk.found(viewer, source.find), strict=True)
    export_url = f"{reverse('desk:search_export')}?{urlencode({'q': source.find})}"
    return [
        Section(title, lines(rows, query=source.query, current=current), ROWS, export_url)
        for title, rows in parts
        if rows
    ]


def found_by(viewer: Viewer, words: str) -> list[Section]:
    """The same for the page of the search."""
    return found(viewer, Source(find=words))


def filter_form(viewer: Viewer, source: Source) -> FilterForm:
    """The filters of a queue with what is set; communities of the viewer's own area only."""
    form = FilterForm(dict(source.parameters) or None, auto_id="filter_%s")
    everything = [("", _("全部"))]
    parents = [row for row in codes.terms("matters") if not row.parent_code]
    form.fields["class"] = forms.ChoiceField(
        label=_("类别"),
        required=False,
        choices=everything + [(row.code, row.label) for row in parents],
    )
    streets = {seat.area_id for seat in viewer.seats if seat.level is Level.STREET}
    form.order_fields(["q", "class", "community", "light"])
    community = form.fields["community"]
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
        community.choices = everything + choices + unknown  # type: ignore[attr-defined]
    else:
        del form.fields["community"]
    return form


def chosen(form: FilterForm, source: Source) -> list[tuple[str, str]]:
    """The filters that are set, each with the address that drops it."""
    rows = []
    for name, value in source.narrowing.items():
        field = form.fields.get(name)
        names = dict(getattr(field, "choices", ()))
        shown = str(names.get(value, "")) or _worded(name, value)
        rest = {key: kept for key, kept in source.narrowing.items() if key != name}
        rows.append((shown, of_queue(source.queue, rest).url))
    return rows


def _worded(name: str, value: str) -> str:
    """A filter that is no choice, in words."""
    if name == "days":
        return _("近 %(days)s 天") % {"days": value}
    return f"“{value}”" if name == "q" else value
