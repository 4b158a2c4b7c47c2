"""Whether the installation can be served: asked once, before any child is started."""

from django.conf import settings
from django.core import checks
from django.db import DEFAULT_DB_ALIAS, OperationalError, connections
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from gezhi.ground.audit import triggers


def faults() -> list[str]:
    """What stands in the way, each with what to do; empty when all is well.

    The database must be migrated and have its triggers; in production every check of `gezhi check
    --deploy` that is an error must pass.
    """
    try:
        executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    except OperationalError:
        return [_("数据库连不上：检查 GEZHI_DATABASE，和数据库服务是否在运行")]
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return [_("数据库还没有准备好：先运行 gezhi prepare")]
    found = [
        _("数据库缺少触发器 %(name)s：先运行 gezhi migrate") % {"name": name}
        for name in triggers.missing()
    ]
    if settings.PRODUCTION:
        messages = checks.run_checks(include_deployment_checks=True, databases=[DEFAULT_DB_ALIAS])
        found += [str(message) for message in messages if message.is_serious(checks.ERROR)]
    return found
