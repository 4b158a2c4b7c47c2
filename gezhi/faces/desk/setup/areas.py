"""Communities and grids: by borders from a file, or by a list of compounds where there is no map."""

import json
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from gezhi.faces.desk.setup import choices
from gezhi.faces.shell.access import staff_only
from gezhi.faces.shell.bodies import PLAIN_BYTES, takes_up_to
from gezhi.faces.shell.middleware import viewer_in
from gezhi.faces.shell.page_form import PageForm
from gezhi.faces.shell.paging import export_url, typed_words
from gezhi.kernel.coordinates import Crs
from gezhi.kernel.errors import Invalid, Refusal, Unseen
from gezhi.kernel.rights import Right
from gezhi.kernel.viewer import Level, Viewer
from gezhi.records.places import queries
from gezhi.records.places.actions import (
    Drawing,
    draw,
    fill_grid,
    lines_from_text,
    name_community,
    open_listed_grid,
    plan,
)

MOST_BYTES = 20_000_000
# Brackets and commas of a file; a street's borders have some ten thousand. Each may become an
# object of a hundred bytes in memory.
MOST_SIGNS = 3_000_000
_SYSTEMS = [
    (Crs.CGCS2000.value, gettext_lazy("CGCS2000（国家大地坐标系）")),
    (Crs.WGS84.value, gettext_lazy("WGS 84（GPS）")),
    (Crs.GCJ02.value, gettext_lazy("GCJ-02（高德、腾讯地图）")),
    (Crs.BD09.value, gettext_lazy("BD-09（百度地图）")),
]


class BordersForm(PageForm):
    """A file of borders and what its coordinates mean."""

    level = forms.ChoiceField(
        label=gettext_lazy("这是哪一级的边界"),
        choices=[
            (Level.GRID.value, gettext_lazy("网格")),
            (Level.COMMUNITY.value, gettext_lazy("社区")),
            (Level.STREET.value, gettext_lazy("街道")),
        ],
        widget=forms.RadioSelect,
        initial=Level.GRID.value,
    )
    crs = forms.ChoiceField(
        label=gettext_lazy("坐标系"),
        choices=[("", gettext_lazy("请选择")), *_SYSTEMS],
        help_text=gettext_lazy("不知道就问给文件的人；选错了边界会偏几百米。"),
    )
    file = forms.FileField(
        label=gettext_lazy("GeoJSON 文件"),
        help_text=gettext_lazy(
            "每个面要有 code（代码）或 name（名称）；新网格还要有 community（社区）和 number（编号）。"
        ),
        widget=forms.FileInput(attrs={"accept": ".geojson,.json,application/geo+json"}),
    )

    def collection(self) -> Any:
        """The parsed file; raises Invalid for one too large or not JSON."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise Invalid(_("文件太大，最多 20 MB；请先简化边界"), field="file")
        content = file.read()
        if sum(content.count(sign) for sign in (b"[", b"{", b",")) > MOST_SIGNS:
            raise Invalid(_("边界画得太细，点太多；请先简化边界"), field="file")
        try:
            return json.loads(content.decode("utf-8-sig"))
        except (UnicodeDecodeError, ValueError, RecursionError) as error:
            raise Invalid(
                _("这不是 GeoJSON 文件，请从地图软件里导出 GeoJSON"), field="file"
            ) from error


class ListedGridForm(PageForm):
    """A grid by its list of compounds and buildings."""

    community = forms.ChoiceField(label=gettext_lazy("社区"))
    number = forms.IntegerField(
        label=gettext_lazy("网格编号"),
        min_value=1,
        max_value=999,
        help_text=gettext_lazy("社区里从 1 排起，用过的编号不再用。"),
    )
    name = forms.CharField(
        label=gettext_lazy("网格名称"),
        required=False,
        max_length=60,
        help_text=gettext_lazy("不填就叫“某某社区第 3 网格”。"),
    )
    households = forms.IntegerField(
        label=gettext_lazy("户数"), required=False, min_value=0, max_value=100_000
    )
    places = forms.CharField(
        label=gettext_lazy("小区和楼栋"),
        help_text=gettext_lazy(
            "一行一个小区。整个小区都在这个网格，只写小区名；只有几栋，写成“均隆花园：1栋、2栋”。"
        ),
        widget=forms.Textarea(attrs={"rows": 10}),
    )

    def __init__(self, *args: Any, viewer: Viewer, grid: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if grid is not None:
            for name in ("community", "number", "name", "households"):
                del self.fields[name]
            return
        offered = choices.areas(viewer, Level.COMMUNITY)
        self.offer("community", choices.with_blank(_("请选择"), offered))


class CommunityForm(PageForm):
    """A community the register does not know."""

    street = forms.ChoiceField(label=gettext_lazy("街道"))
    code = forms.CharField(
        label=gettext_lazy("社区代码"),
        max_length=12,
        help_text=gettext_lazy("12 位统计用区划代码，前 9 位是街道代码。"),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    name = forms.CharField(label=gettext_lazy("社区名称"), max_length=60)

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("street", choices.areas(viewer, Level.STREET))


@require_GET
@staff_only(Right.SET_UP)
def areas(request: HttpRequest) -> HttpResponse:
    """Streets in use with their communities and grids, found by words, and what has a border."""
    viewer = viewer_in(request)
    words = typed_words(request)
    streets = area_tree(viewer, words)
    context = {
        "streets": streets,
        "words": words,
        "is_found": any(communities for _street, communities in streets),
        "export_url": export_url(request, reverse("desk:setup:export", args=["areas"])),
    }
    return render(request, "desk/setup/areas.html", context)


CommunityLine = tuple[queries.AreaRow, bool, list[tuple[queries.AreaRow, bool]]]


def area_tree(viewer: Viewer, words: str = "") -> list[tuple[queries.AreaRow, list[CommunityLine]]]:
    """Streets with their communities and grids, each with whether it is drawn; with words only
    communities whose name or code, or a grid of theirs, holds each of them."""
    district_id = viewer.district_id or 0
    drawn = queries.drawn_area_ids(district_id)
    below = choices.by_parent(queries.areas(district_id, Level.COMMUNITY), "street_id")
    grids = choices.by_parent(queries.areas(district_id, Level.GRID), "community_id")
    return [
        (
            street,
            [
                (one, one.id in drawn, [(grid, grid.id in drawn) for grid in grids.get(one.id, ())])
                for one in below.get(street.id, ())
                if _fits((street, one, *grids.get(one.id, ())), words)
            ],
        )
        for street in queries.streets_in_use(district_id)
    ]


def _fits(rows: tuple[queries.AreaRow, ...], words: str) -> bool:
    said = " ".join(f"{row.name} {row.short_name} {row.code}" for row in rows)
    return all(word in said for word in words.split()[:5])


@takes_up_to(MOST_BYTES + PLAIN_BYTES)
@require_http_methods(["GET", "POST"])
@staff_only(Right.SET_UP)
def borders(request: HttpRequest) -> HttpResponse:
    """Borders from a GeoJSON file: looked at first, then drawn, all or none."""
    viewer = viewer_in(request)
    form = BordersForm(request.POST or None, request.FILES or None)
    drawing: Drawing | None = None
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            drawing = plan(
                form.collection(), level=Level(data["level"]), crs=data["crs"], viewer=viewer
            )
            if drawing.is_good and "save" in request.POST:
                draw(drawing, by=viewer)
                words = _("已画好 %(number)s 个区域的边界。") % {"number": len(drawing.lines)}
                messages.success(request, words)
                return HttpResponseRedirect(reverse("desk:setup:areas"), status=303)
        except Refusal as refusal:
            form.refuse(refusal)
    context = {"form": form, "drawing": drawing}
    status = 422 if drawing is not None and not drawing.is_good else form.status
    return render(request, "desk/setup/borders.html", context, status=status)


@require_http_methods(["GET", "POST"])
@staff_only(Right.SET_UP)
def grid_new(request: HttpRequest) -> HttpResponse:
    """A grid without a map: its compounds and buildings."""
    viewer = viewer_in(request)
    initial = {"community": request.GET.get("community", "")}
    form = ListedGridForm(request.POST or None, viewer=viewer, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            filled = open_listed_grid(
                community_id=int(data["community"]),
                number=data["number"],
                name=data["name"],
                households=data["households"],
                lines=lines_from_text(data["places"]),
                by=viewer,
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            words = _("网格已建立，新登记 %(added)s 处地点。") % {"added": filled.added}
            messages.success(request, words)
            return HttpResponseRedirect(reverse("desk:setup:areas"), status=303)
    return render(request, "desk/setup/grid_new.html", {"form": form}, status=form.status)


@require_http_methods(["GET", "POST"])
@staff_only(Right.SET_UP)
def grid(request: HttpRequest, grid_id: int) -> HttpResponse:
    """What lies in a grid; more compounds and buildings by list."""
    viewer = viewer_in(request)
    row = own_area(viewer, grid_id, Level.GRID)
    form = ListedGridForm(request.POST or None, viewer=viewer, grid=row)
    if request.method == "POST" and form.is_valid():
        try:
            filled = fill_grid(
                grid_id=row.id, lines=lines_from_text(form.cleaned_data["places"]), by=viewer
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            words = _("新登记 %(added)s 处，归入 %(moved)s 处。")
            messages.success(request, words % {"added": filled.added, "moved": filled.moved})
            return HttpResponseRedirect(reverse("desk:setup:grid", args=[row.id]), status=303)
    context = {
        "grid": row,
        "form": form,
        "choices": [label for _id, label in queries.choices_of_grid(row.id)],
    }
    return render(request, "desk/setup/grid.html", context, status=form.status)


@require_http_methods(["GET", "POST"])
@staff_only(Right.SET_UP)
def community_new(request: HttpRequest) -> HttpResponse:
    """Name a community that the register does not have."""
    viewer = viewer_in(request)
    form = CommunityForm(request.POST or None, viewer=viewer)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            name_community(
                street_id=int(data["street"]), code=data["code"], name=data["name"], by=viewer
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("社区已建立。"))
            return HttpResponseRedirect(reverse("desk:setup:areas"), status=303)
    return render(request, "desk/setup/community_new.html", {"form": form}, status=form.status)


def own_area(viewer: Viewer, area_id: int, level: Level) -> queries.AreaRow:
    """An area of the viewer's district at this level; Unseen otherwise."""
    rows = queries.areas(viewer.district_id or 0, level)
    found = next((row for row in rows if row.id == area_id), None)
    if found is None:
        raise Unseen("")
    return found
