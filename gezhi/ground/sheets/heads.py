"""Two rows of headings read as one: "诉求人" over "姓名" and "电话" becomes "诉求人姓名"; pure.

Cells that were merged hold their words once, in the first of them; what a merge covers is filled in
before anything is matched.
"""

from collections.abc import Sequence

from gezhi.ground.sheets.matching import HEADING_ROWS, Field, bare, heading_names

Range = tuple[int, int, int, int]
"""Row and column of the first cell and of the last, from 0."""


def unmerged(rows: Sequence[Sequence[str]], merged: Sequence[Range]) -> list[list[str]]:
    """The rows with the words of a merged range in every cell of it; a title over the whole width
    stays where it is, so that it is not taken for headings."""
    filled = [list(row) for row in rows]
    for top, left, bottom, right in merged:
        if top >= len(filled) or left >= len(filled[top]):
            continue
        word = filled[top][left]
        across = min(right, len(filled[top]) - 1) - left + 1
        if not word or (across > 1 and across * 2 > len(filled[top])):
            continue
        for row in filled[top : bottom + 1]:
            for place in range(left, min(right + 1, len(row))):
                row[place] = row[place] or word
    return filled


def joined(rows: Sequence[Sequence[str]], fields: Sequence[Field]) -> list[list[str]]:
    """The rows with the second of two heading rows saying what both say, where that names more of
    the fields than either row alone; otherwise as they are. No row is added or taken away: lines
    keep the numbers their sheet gives them."""
    plain = [list(row) for row in rows]
    best, at, words = 0, -1, [""]
    for number in range(min(HEADING_ROWS, len(plain)) - 1):
        both = _both(plain[number], plain[number + 1], fields)
        named = _named(both, fields)
        if named > best:
            best, at, words = named, number + 1, both
    alone = max((_named(row, fields) for row in plain[:HEADING_ROWS]), default=0)
    if best > alone:
        plain[at] = words
    return plain


def _named(row: Sequence[str], fields: Sequence[Field]) -> int:
    known = {name for field in fields for name in heading_names(field)}
    return len({word for word in map(bare, row) if word in known})


def _both(upper: Sequence[str], lower: Sequence[str], fields: Sequence[Field]) -> list[str]:
    """What each column is called by two rows: an upper word holds for the columns to its right that
    have a lower word and no upper one, as a merged cell does."""
    known = {name for field in fields for name in heading_names(field)}
    times = [bare(word) for word in lower]
    found, group = [], ""
    for above, below in zip(upper, lower, strict=True):
        if above:
            group = above if below else ""
        over = above or (group if below else "")
        if not below or over == below:
            found.append(over or below)
        elif not over:
            found.append(below)
        elif bare(over + below) in known:
            found.append(over + below)
        elif bare(below) in known and times.count(bare(below)) == 1:
            found.append(below)
        else:
            found.append(over + below)
    return found
