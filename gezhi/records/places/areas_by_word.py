"""Areas as a list that an office brings in calls them: by code, name or short name."""

from django.utils.translation import gettext as _

from gezhi.kernel.errors import Invalid
from gezhi.records.places.models import Area


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
