"""Areas as a list that an office brings in calls them: by code, name or short name."""

from django.utils.translation import gettext as _

from gezhi.kernel.errors import Invalid
from gezhi.kernel.viewer import Level, Viewer
from gezhi.records.places.models import Area


def area_names(viewer: Viewer) -> list[str]:
    """Names of streets, communities and grids in use, for a sheet to choose from."""
    levels = [Level.STREET.value, Level.COMMUNITY.value, Level.GRID.value]
    rows = Area.objects.filter(
        district_id=viewer.district_id or 0, in_use=True, level__in=levels
    ).values_list("level", "code", "name")
    wide_first = sorted(rows, key=lambda row: (levels.index(row[0]), row[1]))
    return [name for _level, _code, name in wide_first]


class AreasByWord:
    """The areas in use of a district; read once a list."""

    def __init__(self, district_id: int) -> None:
        self._known: dict[str, list[int]] = {}
        rows = Area.objects.filter(district_id=district_id, in_use=True)
        for area_id, *words in rows.values_list("id", "code", "name", "short_name"):
            for word in {*words} - {""}:
                self._known.setdefault(word, []).append(area_id)

    def meant(self, word: str) -> int:
        """The id of the one area it means; Invalid (`area`) for none and for several."""
        found = self._known.get(word.strip(), [])
        if len(found) == 1:
            return found[0]
        raise Invalid(
            _("有好几个区域叫这个名字，请填区域代码")
            if found
            else _("没有这个区域，请填街道、社区或网格的名称或代码"),
            field="area",
        )
