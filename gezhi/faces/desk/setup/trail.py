"""A row of the trail in words: who, to what, with which particulars. The trail itself holds codes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.faces.desk import words
from gezhi.faces.desk.setup.verbs import verb_words
from gezhi.ground.accounts.queries import staff_numbers
from gezhi.ground.audit.queries import EntryRow
from gezhi.ground.notices.sentences import REPORTERS
from gezhi.kernel.viewer import Role
from gezhi.records.places import queries as places
from gezhi.records.posts.rules import ROLE_NAMES
from gezhi.records.units import queries as units

KINDS = {
    "alias": gettext_lazy("地点别名"),
    "tolerance": gettext_lazy("容错率"),
    "trained_model": gettext_lazy("分拨模型"),
    "appointment": gettext_lazy("任职"),
    "area": gettext_lazy("区域"),
    "audit": gettext_lazy("留痕"),
    "case": gettext_lazy("事件"),
    "district": gettext_lazy("区县"),
    "duty": gettext_lazy("权责"),
    "file": gettext_lazy("附件"),
    "login_failure": gettext_lazy("登录失败记录"),
    "pack": gettext_lazy("标准包"),
    "place": gettext_lazy("地点"),
    "post": gettext_lazy("岗位"),
    "report": gettext_lazy("诉求"),
    "task": gettext_lazy("后台任务"),
    "unit": gettext_lazy("单位"),
    "user": gettext_lazy("账号"),
}
SYSTEMS = {
    "beat": gettext_lazy("定时任务"),
    "calendar": gettext_lazy("节假日重算"),
    "demo": gettext_lazy("演示数据"),
    "handover": gettext_lazy("工作交接"),
    "hotline": gettext_lazy("热线来件"),
    "notices": gettext_lazy("发通知"),
    "prepare": gettext_lazy("安装升级"),
    "setup": gettext_lazy("首次设置"),
    "terminal": gettext_lazy("命令行"),
    "triage": gettext_lazy("智能分拨"),
    "watchdog": gettext_lazy("无人在岗巡检"),
}
# The particulars worth reading; the others are numbers of rows for whoever opens the database.
DETAILS = {
    "accounts": gettext_lazy("账号数"),
    "added": gettext_lazy("新增"),
    "appointments": gettext_lazy("任职数"),
    "areas": gettext_lazy("区域数"),
    "calendar": gettext_lazy("日历版本"),
    "cases": gettext_lazy("事件数"),
    "class": gettext_lazy("类别"),
    "code": gettext_lazy("代码"),
    "count": gettext_lazy("条数"),
    "deed": gettext_lazy("动作"),
    "duties": gettext_lazy("权责数"),
    "grids": gettext_lazy("网格数"),
    "kind": gettext_lazy("种类"),
    "merged": gettext_lazy("合并"),
    "moved": gettext_lazy("移动"),
    "name": gettext_lazy("名称"),
    "outcome": gettext_lazy("结果"),
    "people": gettext_lazy("人数"),
    "photos": gettext_lazy("照片数"),
    "queue": gettext_lazy("队列"),
    "reason": gettext_lazy("原因"),
    "role": gettext_lazy("角色"),
    "version": gettext_lazy("版本"),
    "waiting_cases": gettext_lazy("待办事件数"),
    "why": gettext_lazy("缘由"),
    "words": gettext_lazy("文字条数"),
}
CODES = {
    "add": gettext_lazy("启用"),
    "asked": gettext_lazy("本人退出"),
    "code": gettext_lazy("动态码不对"),
    "idle": gettext_lazy("久未操作"),
    "imported": gettext_lazy("已导入"),
    "locked": gettext_lazy("锁定或锁屏"),
    "password": gettext_lazy("密码不对"),
    "remove": gettext_lazy("停用"),
    "renew_codes": gettext_lazy("换恢复码"),
    "reset": gettext_lazy("重置"),
}


@dataclass(frozen=True, slots=True)
class TrailLine:
    """One row as it is read."""

    moment: datetime
    who: str
    what: str
    refused: bool
    subject: str
    subject_id: int | None
    unit: str
    details: tuple[tuple[str, str], ...]
    purpose: str


def lines(rows: Iterable[EntryRow]) -> list[TrailLine]:
    """The rows with the names of their accounts, units and areas; three queries for all of them."""
    rows = list(rows)
    people = staff_numbers(
        {row.user_id for row in rows if row.user_id} | _subjects(rows, "user"),
    )
    offices = units.names_of({row.unit_id for row in rows if row.unit_id} | _subjects(rows, "unit"))
    areas = places.names_of(_subjects(rows, "area"))
    return [_line(row, people, offices, areas) for row in rows]


def _subjects(rows: Iterable[EntryRow], kind: str) -> set[int]:
    return {row.subject_id for row in rows if row.subject_kind == kind and row.subject_id}


def _line(
    row: EntryRow,
    people: dict[int, tuple[str, str]],
    offices: dict[int, str],
    areas: dict[int, str],
) -> TrailLine:
    doer = people.get(row.user_id or 0)
    subject = row.subject_id or 0
    named = {
        "user": people.get(subject, ("", ""))[0],
        "unit": offices.get(subject, ""),
        "area": areas.get(subject, ""),
    }.get(row.subject_kind, "")
    kind = kind_words(row.subject_kind)
    return TrailLine(
        moment=row.recorded_at,
        who=f"{doer[1]}（{doer[0]}）" if doer else system_words(row.system_name),
        what=verb_words(row.verb),
        refused=row.outcome == "refused",
        subject=f"{kind} {named}".strip(),
        subject_id=None if named else row.subject_id,
        unit=offices.get(row.unit_id or 0, ""),
        details=tuple(_details(row.detail)),
        purpose=purpose_words(row.purpose),
    )


def kind_words(kind: str) -> str:
    """What kind of thing it was done to; the code where nobody gave it a word."""
    return str(KINDS.get(kind, kind))


def system_words(name: str) -> str:
    """Which task or command did it; a visitor where none did."""
    return str(SYSTEMS.get(name, name)) if name else _("来访者")


def purpose_words(purpose: str) -> str:
    """What something was opened for: a chosen reason, a message sent, or words that were typed."""
    if purpose in REPORTERS:
        return _("给反映人发消息")
    if purpose == "intake":
        return _("接听来电")
    if purpose.startswith("other: "):
        return purpose.removeprefix("other: ")
    return str(words.PURPOSES.get(purpose, purpose))


def _details(detail: dict[str, Any]) -> Iterable[tuple[str, str]]:
    for key, value in detail.items():
        if key in DETAILS:
            yield str(DETAILS[key]), _value(key, value)


def _value(key: str, value: Any) -> str:
    if isinstance(value, list | dict):
        return str(len(value))
    if key == "role" and value in set(Role):
        return str(ROLE_NAMES[Role(value)])
    if key == "class":
        return words.label("matters", str(value))
    if isinstance(value, bool):
        return _("是") if value else _("否")
    return str(CODES.get(str(value), value))
