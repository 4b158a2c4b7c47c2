"""Their template 回件表: which columns a sheet of replies has, and what stands in each."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext_lazy as _

from gezhi.ground.sheets.matching import Field, matched
from gezhi.ground.sheets.writing import Cell, Column
from gezhi.kernel.viewer import Viewer
from gezhi.work.orders import mappings
from gezhi.work.orders.models import Direction
from gezhi.work.orders.telling import Told

OUT: tuple[Field, ...] = (
    Field("number", _("工单编号"), aliases=("工单号", "编号", "受理编号", "诉求编号", "流水号")),
    Field("version", _("版本"), aliases=("版本号", "派发次数")),
    Field("kind", _("回件类型"), aliases=("操作", "反馈类型", "类型", "办理环节", "操作类型")),
    Field("at", _("时间"), aliases=("反馈时间", "办理时间", "操作时间", "答复时间")),
    Field("unit", _("承办单位"), aliases=("办理单位", "责任单位", "答复单位")),
    Field("words", _("内容"), aliases=("答复内容", "办理情况", "反馈内容", "答复意见", "办理过程", "回复内容")),
    Field("result", _("办理结果"), aliases=("处理结果", "结果")),
    Field("solved", _("是否解决"), aliases=("解决情况", "是否办结解决")),
    Field("basis", _("依据"), aliases=("政策依据", "法律依据", "办理依据")),
    Field("reason", _("理由"), aliases=("退单理由", "退回理由", "延期理由", "原因")),
    Field("proposed", _("建议承办单位"), aliases=("建议单位", "建议派往单位", "应办单位")),
    Field("until", _("申请延期至"), aliases=("延期至", "延期时间", "申请延期时间")),
)  # fmt: skip
# In these somebody may be named, or told where they live.
_PERSONAL = ("words", "result", "reason")


def guessed(headings: Sequence[str]) -> list[tuple[str, str]]:
    """The columns of a template whose headings somebody pasted: each with what it is taken for."""
    read = matched([list(headings)], OUT)
    by_place = {place: name for name, place in read.places.items()}
    return [
        (word.strip(), by_place.get(at, "")) for at, word in enumerate(headings) if word.strip()
    ]


def columns_of(viewer: Viewer, name: str) -> list[tuple[str, str]]:
    """The columns of the mapping of this name; the usual ones without a name. Unseen for none."""
    if not name:
        return [(str(field.title), field.name) for field in OUT]
    return [(title, field) for title, field in mappings.named(viewer, Direction.OUT, name).columns]


def headed(columns: Sequence[tuple[str, str]]) -> list[Column]:
    """The columns as a workbook has them."""
    return [Column(title, personal=field in _PERSONAL) for title, field in columns]


def rows(columns: Sequence[tuple[str, str]], told: Sequence[Told]) -> Iterator[list[Cell]]:
    """One row a reply; a column nobody knows stays empty, as the template has it."""
    for one in told:
        yield [one.cell(field) if field else None for _title, field in columns]
