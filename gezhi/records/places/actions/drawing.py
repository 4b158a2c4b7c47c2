"""Borders from a GeoJSON file: each face of it is matched to an area, then all are drawn or none.

A face names its area by `code` or `name`; a new grid by its community and number, or by its
15-digit code. English and Chinese names of properties are understood.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from shapely.geometry.base import BaseGeometry

from gezhi.kernel import clock
from gezhi.kernel.errors import Conflict, Invalid, NotPermitted
from gezhi.kernel.rights import Right
from gezhi.kernel.viewer import Level, Viewer
from gezhi.records.places import rules
from gezhi.records.places.actions.adding import relocate_places
from gezhi.records.places.actions.borders import GridDraft, open_grids, set_borders
from gezhi.records.places.models import Area

MOST_FACES = 2_000
_KEYS = {
    "code": ("code", "代码", "编码", "网格编码", "网格代码"),
    "name": ("name", "名称", "网格名称"),
    "community": ("community", "社区", "所属社区"),
    "number": ("number", "编号", "序号"),
    "households": ("households", "户数"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One face of the file: the area it draws, or the community it opens a grid in, or a problem."""

    number: int
    words: str
    shape: BaseGeometry | None = None
    area: Area | None = None
    community: Area | None = None
    grid_number: int = 0
    name: str = ""
    households: int | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A file understood; `is_good` when every face found its area."""

    district_id: int
    lines: tuple[Line, ...]

    @property
    def is_good(self) -> bool:
        return not any(line.problem for line in self.lines)

    @property
    def new_grids(self) -> int:
        """How many grids it opens."""
        return sum(line.area is None for line in self.lines)


def plan(collection: Any, *, level: Level, crs: str, viewer: Viewer) -> Drawing:
    """What the file would draw; nothing is changed.

    Refuses (Invalid) what is no FeatureCollection of faces, too many faces, an unknown system of
    coordinates; only for the system administrator (NotPermitted).
    """
    if not viewer.is_system and not viewer.may(Right.SET_UP):
        raise NotPermitted(_("区域和地点由系统管理员设置"))
    features = collection.get("features") if isinstance(collection, dict) else None
    if not isinstance(features, list) or not features:
        raise Invalid(_("文件里没有面，请导出 FeatureCollection"), field="file")
    if len(features) > MOST_FACES:
        raise Invalid(_("一次最多 %(most)s 个面") % {"most": MOST_FACES}, field="file")
    book = _Book(viewer.district_id or 0, level)
    lines = [book.line(number, feature, crs) for number, feature in enumerate(features, start=1)]
    return Drawing(viewer.district_id or 0, tuple(lines))


@transaction.atomic
def draw(drawing: Drawing, *, by: Viewer) -> int:
    """Draw a plan without problems, open its new grids, find the places again; how many moved.

    Refuses what `set_borders` and `open_grids` refuse; then nothing has changed.
    """
    if not drawing.is_good:
        raise Conflict(_("有的面还有问题，什么都没有画"))
    now = clock.now()
    known = [(line.area, line.shape) for line in drawing.lines if line.area is not None]
    if known:
        set_borders(known, valid_from=now, by=by)
    fresh: dict[int, tuple[Area, list[GridDraft]]] = {}
    for line in drawing.lines:
        if line.area is None and line.community is not None:
            drafts = fresh.setdefault(line.community.pk, (line.community, []))[1]
            drafts.append(GridDraft(line.grid_number, line.shape, line.name, line.households))
    for community, drafts in fresh.values():
        open_grids(community, drafts, valid_from=now, by=by)
    return relocate_places(drawing.district_id, by=by)


class _Book:
    """The areas a file is matched to, read once."""

    def __init__(self, district_id: int, level: Level) -> None:
        self.level = level
        rows = list(Area.objects.filter(district_id=district_id, in_use=True))
        self.by_word = _by_word(row for row in rows if row.level == level)
        self.communities = _by_word(row for row in rows if row.level == Level.COMMUNITY)
        self.seen: set[tuple[int, int]] = set()

    def line(self, number: int, feature: Any, crs: str) -> Line:
        properties = feature.get("properties") if isinstance(feature, dict) else None
        words = _Properties(properties if isinstance(properties, dict) else {})
        said = words.text("code") or words.text("name") or _("第 %(n)s 个面") % {"n": number}
        try:
            shape = rules.stored_polygon(_geometry(feature), crs)
            return self._matched(number, said[:60], words, shape)
        except Invalid as refusal:
            return Line(number, said[:60], problem=str(refusal.message))

    def _matched(self, number: int, said: str, words: "_Properties", shape: BaseGeometry) -> Line:
        for word in (words.text("code"), words.text("name")):
            found = self.by_word.get(word, []) if word else []
            if len(found) > 1:
                raise Invalid(_("有好几个区域叫这个名字，请用代码"))
            if found:
                self._once((found[0].pk, 0))
                return Line(number, said, shape, area=found[0])
        if self.level != Level.GRID:
            raise Invalid(_("没有这个区域，请检查 code 或 name"))
        code = words.text("code")
        community = self._community(words, code)
        grid_number = words.whole("number") or _serial(code)
        if not grid_number:
            raise Invalid(_("新网格要写明 number（在社区里的编号）"))
        self._once((community.pk, grid_number))
        return Line(
            number,
            said,
            shape,
            community=community,
            grid_number=grid_number,
            name=words.text("name"),
            households=words.whole("households"),
        )

    def _community(self, words: "_Properties", code: str) -> Area:
        word = words.text("community") or (code[:12] if _serial(code) else "")
        found = self.communities.get(word, []) if word else []
        if len(found) != 1:
            raise Invalid(_("新网格要写明 community（社区的名称或代码）"))
        return found[0]

    def _once(self, key: tuple[int, int]) -> None:
        if key in self.seen:
            raise Invalid(_("文件里有两个面是同一个区域"))
        self.seen.add(key)


class _Properties:
    """Properties of a face, by any of their known names."""

    def __init__(self, properties: Mapping[str, Any]) -> None:
        self._plain = {str(key).strip().lower(): value for key, value in properties.items()}

    def text(self, name: str) -> str:
        for key in _KEYS[name]:
            value = self._plain.get(key)
            if value not in (None, ""):
                return str(value).strip()
        return ""

    def whole(self, name: str) -> int | None:
        text = self.text(name).removesuffix(".0")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else None


def _serial(code: str) -> int:
    """The number in a grid's 15-digit code; 0 for another code."""
    return int(code[12:]) if len(code) == 15 and code.isascii() and code.isdigit() else 0


def _geometry(feature: Any) -> Any:
    return feature.get("geometry") if isinstance(feature, dict) else None


def _by_word(rows: Any) -> dict[str, list[Area]]:
    found: dict[str, list[Area]] = {}
    for row in rows:
        words: Sequence[str] = (row.code, row.name, row.short_name)
        for word in {word for word in words if word}:
            found.setdefault(word, []).append(row)
    return found
