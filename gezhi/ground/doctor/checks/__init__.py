"""Everything the doctor looks at, in the order an operator would."""

from django.utils.translation import gettext_lazy as _

from gezhi.ground.doctor.checks import (
    backups,
    calendar,
    chain,
    database,
    disk,
    fonts,
    keys,
    memory,
    moments,
    notices,
    permissions,
    ports,
    queue,
    static_files,
    upgrade,
)
from gezhi.ground.doctor.checks.declared import Check

CHECKS = (
    Check("disk", _("磁盘"), disk.look),
    Check("memory", _("内存"), memory.look),
    Check("database", _("数据库"), database.look),
    Check("tables", _("表和触发器"), database.look_at_tables, needs_database=True),
    Check("upgrade", _("换版"), upgrade.look),
    Check("keys", _("密钥"), keys.look),
    Check("marks", _("密钥和数据"), keys.look_at_marks, needs_database=True),
    Check("permissions", _("文件权限"), permissions.look),
    Check("static", _("静态文件"), static_files.look),
    Check("ports", _("服务和端口"), ports.look),
    Check("queue", _("后台任务"), queue.look, needs_database=True),
    Check("clock", _("时钟"), moments.look),
    Check("past", _("时钟和记录"), moments.look_at_the_past, needs_database=True),
    Check("chain", _("留痕"), chain.look, needs_database=True),
    Check("backup", _("备份"), backups.look, needs_database=True),
    Check("calendar", _("标准包和放假安排"), calendar.look, needs_database=True),
    Check("notices", _("发给居民的消息"), notices.look),
    Check("fonts", _("中文字体"), fonts.look),
)
