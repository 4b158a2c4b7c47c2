"""Whether the installation can be served: asked once, before any child is started."""

from pathlib import Path

from django.conf import settings
from django.core import checks
from django.db import DEFAULT_DB_ALIAS, DatabaseError, OperationalError, connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from gezhi.ground.audit import keymarks, triggers
from gezhi.ground.backups import restoring
from gezhi.kernel import secrets
from gezhi.kernel.outages import Outage, outage_of


def faults() -> list[str]:
    """What stands in the way, each with what to do; empty when all is well.

    The database must be migrated and have its triggers, the keys must be those of its data; in production every check of `gezhi check
    --deploy` that is an error must pass.
    """
    if sentence := half_restored():
        return [sentence]
    try:
        executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    except DatabaseError:
        return [unprepared() or _("数据库连不上：检查 GEZHI_DATABASE，和数据库服务是否在运行")]
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return [_("数据库还没有准备好：先运行 gezhi prepare")]
    found = keymarks.faults(settings.GEZHI_KEYS) or keys_to_make()
    found += [
        _("数据库缺少触发器 %(name)s：先运行 gezhi migrate") % {"name": name}
        for name in triggers.missing()
    ]
    if settings.PRODUCTION:
        messages = checks.run_checks(include_deployment_checks=True, databases=[DEFAULT_DB_ALIAS])
        found += [str(message) for message in messages if message.is_serious(checks.ERROR)]
    return found


def half_restored() -> str:
    """That a restore into this home broke off, with what to do; "" where none did."""
    if restoring.is_unfinished():
        return _("恢复还没有做完：再运行一次 gezhi restore，它会接着做")
    return ""


def unprepared() -> str:
    """What comes first where a restore broke off, `gezhi prepare` never ran, or the database file is
    none; "" where the database is as `prepare` left it.

    "" too where a database server does not answer: that passes, and is told by whoever asks it.
    """
    if sentence := half_restored():
        return sentence
    try:
        if "django_migrations" in connection.introspection.table_names():
            return ""
    except DatabaseError as error:
        if connection.vendor != "sqlite":
            return ""
        file = connection.settings_dict["NAME"]
        # A file that is locked or out of reach is an OperationalError: that passes.
        if not isinstance(error, OperationalError):
            return _(
                "数据库文件坏了，打不开：%(file)s。先把它另存一份，不要再写；"
                "再照 docs/operator/backup.md 从最近的一份备份恢复"
            ) % {"file": file}
        if _holds_anything(file):
            return ""
    if connection.vendor != "sqlite":
        return _("数据库还没有准备好：先运行 gezhi prepare")
    return _("%(home)s 里还没有数据库：先运行 gezhi prepare") % {"home": settings.GEZHI_HOME}


def no_room(error: BaseException) -> str:
    """That the disk is full or takes no writes, with what to do; "" where it is something else."""
    outage = outage_of(error)
    if outage not in (Outage.FULL, Outage.READ_ONLY):
        return ""
    named = getattr(error, "filename2", None) or getattr(error, "filename", None)
    place = {"place": named or settings.GEZHI_HOME}
    if outage is Outage.FULL:
        return _("磁盘满了，写不进去（%(place)s）：腾出地方，再运行一次；已经做好的不会丢") % place
    return _("磁盘是只读的，写不进去（%(place)s）：看它挂上时是不是写着 ro，改好再运行一次") % place


def unreached() -> str:
    """That the database server does not answer, with what it says; "" where it does."""
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        if connection.vendor == "sqlite":
            return ""
        # Without the address that was asked: a password may stand in it.
        first = (str(error).splitlines() or [""])[0]
        return _("连不上数据库（GEZHI_DATABASE）：%(fault)s") % {"fault": first}
    return ""


def _holds_anything(file: str) -> bool:
    path = Path(file)
    return path.is_file() and path.stat().st_size > 0


def keys_to_make() -> list[str]:
    """What to do when some purpose has no key yet, and no data that were sealed with one."""
    try:
        provider = secrets.FileProvider(settings.GEZHI_KEYS)
        for name in secrets.PURPOSES:
            provider.key_ids(name)
    except secrets.KeyMissing:
        return [_("密钥还没有做好：先运行 gezhi prepare")]
    return []
