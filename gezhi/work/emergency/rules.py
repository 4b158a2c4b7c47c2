"""Words of an emergency that its tables hold; pure."""

from django.db import models


class Said(models.TextChoices):
    """What a grid answers to a roll call."""

    SAFE = "safe", "平安"
    TROUBLE = "trouble", "有事"


class How(models.TextChoices):
    """How a case came into an emergency."""

    ANSWER = "answer", "点名报的"
    CLASS = "class", "照类别纳入"
    HAND = "hand", "由人纳入"


class Told(models.TextChoices):
    """Whom a notice goes to."""

    WORKERS = "workers", "网格员"
    CLERKS = "clerks", "社区工作人员"
    HANDLERS = "handlers", "承办单位"
    CENTRE = "centre", "街道网格中心"


class Line(models.TextChoices):
    """What the log writes by itself."""

    ON = "on", "打开"
    OFF = "off", "关闭"
    ROLL_CALL = "roll_call", "点名"
    SAFE = "safe", "报平安"
    TROUBLE = "trouble", "报有事"
    CASE_IN = "case_in", "事件纳入"
    CASE_ENDED = "case_ended", "事件了结"
    MAJOR = "major", "列为重大事件"
    NAMED = "named", "点名负责"
    NOT_MAJOR = "not_major", "不再是重大事件"
    NOTICE = "notice", "发通知"
    CALL = "call", "呼叫"
    ANSWERED = "answered", "应答"
    DECLINED = "declined", "来不了"
    SILENT = "silent", "没有应答"
    NOBODY = "nobody", "叫完了没有人应答"
