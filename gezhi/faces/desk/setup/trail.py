"""A row of the trail in words: who, to what, with which particulars. The trail itself holds codes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.faces.desk.cases import deed_words
from gezhi.faces.desk.confidential.opening import NEEDS
from gezhi.faces.desk.setup.trail_names import TrailNames, names_for
from gezhi.faces.desk.setup.verbs import verb_words
from gezhi.faces.shell import terms
from gezhi.ground.audit.queries import EntryRow
from gezhi.ground.notices.sentences import REPORTERS
from gezhi.kernel.digits import case_number, report_number
from gezhi.kernel.viewer import Role, Viewer
from gezhi.records.posts.rules import ROLE_NAMES
from gezhi.work.cases.queries import QUEUES

KINDS = {
    "sheet_batch": gettext_lazy("导入的一批"),
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
    "keys": gettext_lazy("密钥"),
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
# The particulars that are read; the others are numbers of rows for whoever opens the database.
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
    "rows": gettext_lazy("行数"),
    "from": gettext_lazy("起用"),
    "version_before": gettext_lazy("原来的版本"),
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
    who_query: str
    what: str
    refused: bool
    subject: str
    subject_query: str
    unit: str
    details: tuple[tuple[str, str], ...]
    purpose: str


def lines(viewer: Viewer, rows: Iterable[EntryRow]) -> list[TrailLine]:
    """The rows with the names of what they speak of; a query for each kind of thing."""
    rows = list(rows)
    names = names_for(viewer, rows)
    return [_line(row, names) for row in rows]


def _line(row: EntryRow, names: TrailNames) -> TrailLine:
    named = names.of(row.subject_kind, row.subject_id)
    doer = names.people.get(row.user_id or 0)
    kind = kind_words(row.subject_kind)
    return TrailLine(
        moment=row.recorded_at,
        who=names.of("user", row.user_id) or system_words(row.system_name),
        who_query=urlencode({"staff_number": doer[0]}) if doer else "",
        what=verb_words(row.verb),
        refused=row.outcome == "refused",
        subject=f"{kind} {_grouped(row.subject_kind, named)}".strip(),
        subject_query=_query_of(row, named, names),
        unit=names.of("unit", row.unit_id),
        details=tuple(_details(row.detail)),
        purpose=purpose_words(row.purpose),
    )


def _grouped(kind: str, named: str) -> str:
    """Numbers of cases and reports as they stand on every page."""
    spoken = {"case": case_number, "report": report_number}.get(kind)
    return spoken(named) if spoken else named


def _query_of(row: EntryRow, named: str, names: TrailNames) -> str:
    """The filter that shows all that was done to the same case or by the same person."""
    if row.subject_kind == "case" and named:
        return urlencode({"case": named})
    known = names.people.get(row.subject_id or 0) if row.subject_kind == "user" else None
    return urlencode({"staff_number": known[0]}) if known else ""


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
    return str({**deed_words.PURPOSES, **NEEDS}.get(purpose, purpose))


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
        return terms.label("matters", str(value))
    if key == "queue":
        return str(QUEUES[value].title) if value in QUEUES else _("查找结果")
    if isinstance(value, bool):
        return _("是") if value else _("否")
    return str(CODES.get(str(value), value))
