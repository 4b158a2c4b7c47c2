"""Communities and grids named in words: 水井坊社区居委会门口, 崇德里社区第3网格."""

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from gezhi.methods.locate.signs import fold, plain

# What a community's own office is called: the name without it is the community's.
_OFFICE: Final = re.compile(
    r"(?:社区)?(?:居民委员会|居委会|村民委员会|村委会|居委|党群服务中心|工作站)$|社区$"
)
_CALLED: Final = ("社区", "居委会", "居民委员会", "村委会", "村民委员会", "居委")
_GRID: Final = re.compile(r" *第? *([0-9]{1,3}|[一二三四五六七八九十]{1,3}) *号? *网格")
_SHORTEST: Final = 2


class AreaName(NamedTuple):
    """A community (`parent_id` None) or a grid of one, by its registered name."""

    area_id: int
    name: str
    parent_id: int | None = None


class AreaNamed(NamedTuple):
    """What was named, and what else the words say."""

    community_id: int
    grid_id: int | None
    rest: str


class AreaNames:
    """The communities and grids of a district by the ways of calling them; built once."""

    def __init__(self, rows: Iterable[AreaName]) -> None:
        self._communities: dict[str, int] = {}
        self._grids: dict[tuple[int, str], int] = {}
        for row in rows:
            name = fold(row.name)
            if row.parent_id is not None:
                number = _GRID.search(name)
                if number:
                    self._grids[row.parent_id, plain(number[1])] = row.area_id
                continue
            stem = _OFFICE.sub("", name)
            if len(stem) >= _SHORTEST:
                for called in (name, *(stem + end for end in _CALLED)):
                    self._communities.setdefault(called, row.area_id)
        names = sorted(self._communities, key=len, reverse=True)
        self._pattern = re.compile("|".join(map(re.escape, names)) or "(?!)")

    def named(self, text: str) -> AreaNamed | None:
        """The one community that the words name, and its grid where its number is said, or None.

        None, too, where they name two communities.
        """
        folded = fold(text)
        found = list(self._pattern.finditer(folded))
        communities = {self._communities[match[0]] for match in found}
        if len(communities) != 1:
            return None
        community = communities.pop()
        number = _GRID.match(folded, found[-1].end())
        grid = self._grids.get((community, plain(number[1]))) if number else None
        return AreaNamed(community, grid, self._pattern.sub("，", folded))
