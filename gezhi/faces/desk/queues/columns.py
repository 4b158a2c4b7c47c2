"""The columns a list of cases may have, on a page as in a file: who reported is none of them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.faces.shell import terms
from gezhi.faces.shell.marks import STATES
from gezhi.faces.shell.tags import words_of
from gezhi.ground.sheets.writing import Cell, Column
from gezhi.kernel import clock
from gezhi.work.cases.queries import CaseRow


@dataclass(frozen=True, slots=True)
class CaseColumn:
    """One column: its name in rows of views, its heading, what stands in it, how it is laid out."""

    name: str
    title: str | Promise
    cell: Callable[[CaseRow], Cell]
    layout: str = ""
    # An address, a name or a phone of somebody: what for is asked before it leaves.
    personal: bool = False


def _late(row: CaseRow) -> str:
    late = row.due_at is not None and row.ended_at is None and row.due_at < clock.now()
    return _("已超时") if late else ""


COLUMNS: dict[str, CaseColumn] = {
    column.name: column
    for column in (
        CaseColumn("number", gettext_lazy("案件号"), lambda row: row.number, "digits"),
        CaseColumn(
            "state", gettext_lazy("环节"), lambda row: str(STATES[row.shown_state][1]), "short"
        ),
        # In people's own words: "2 栋 3 单元漏水" says where as plainly as the place does.
        CaseColumn("title", gettext_lazy("事由"), lambda row: row.title, "wide", personal=True),
        CaseColumn("place", gettext_lazy("地点"), lambda row: row.place_words, personal=True),
        CaseColumn("community", gettext_lazy("社区"), lambda row: row.community_name, "short"),
        CaseColumn("grid", gettext_lazy("网格"), lambda row: row.grid_name, "short"),
        CaseColumn("class", gettext_lazy("类别"), lambda row: row.class_name),
        CaseColumn("kind", gettext_lazy("诉求类型"), lambda row: row.kind_name, "short"),
        CaseColumn(
            "urgency",
            gettext_lazy("紧急程度"),
            lambda row: terms.label("urgency", row.urgency),
            "short",
        ),
        CaseColumn("holder", gettext_lazy("现在在谁手里"), lambda row: row.holder_name),
        CaseColumn("reported", gettext_lazy("反映时间"), lambda row: row.reported_at, "moment"),
        CaseColumn("due", gettext_lazy("本环节到期"), lambda row: row.due_at, "moment"),
        CaseColumn("late", gettext_lazy("超时"), _late, "late"),
        CaseColumn("ended", gettext_lazy("办完时间"), lambda row: row.ended_at, "moment"),
        CaseColumn("round", gettext_lazy("第几次办理"), lambda row: row.round, "number"),
        CaseColumn("reports", gettext_lazy("几人反映"), lambda row: row.reports, "number"),
        CaseColumn(
            "urged", gettext_lazy("催办"), lambda row: _("有") if row.urged else "", "short"
        ),
        CaseColumn("tags", gettext_lazy("标记"), words_of),
    )
}
# What a table begins with, until somebody chooses: it fits beside the rail of a 1366 screen.
USUAL = ("title", "state", "place", "class", "holder", "due", "tags")
USUAL_ENDED = ("title", "state", "place", "class", "reported", "ended", "tags")


def known(names: Iterable[str], *, ended: bool = False) -> tuple[CaseColumn, ...]:
    """The columns of these names in their order, the usual ones for none; a column that is no more
    is left out."""
    found = tuple(COLUMNS[name] for name in dict.fromkeys(names) if name in COLUMNS)
    return found or tuple(COLUMNS[name] for name in (USUAL_ENDED if ended else USUAL))


def of_sheet(columns: Iterable[CaseColumn]) -> list[Column]:
    """The same columns as a sheet has them."""
    return [Column(str(column.title), personal=column.personal) for column in columns]


def as_taken(row: CaseRow) -> CaseRow:
    """Paper and files lie about: of a restricted case nobody's words leave, whoever takes it along."""
    if not row.restricted:
        return row
    return replace(row, title=_("保密事项"), public_summary="", place_words="")


def cells(row: CaseRow, columns: Sequence[CaseColumn]) -> list[Cell]:
    """One case under these columns, in the words of the list."""
    return [column.cell(row) for column in columns]
