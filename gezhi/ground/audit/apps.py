"""留痕."""

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate


class AuditConfig(AppConfig):
    name = "gezhi.ground.audit"
    label = "audit"
    verbose_name = "留痕"

    def ready(self) -> None:
        from gezhi.ground.audit import triggers, wording
        from gezhi.ground.audit.trail_words import WORDING

        wording.register("audit", WORDING)
        triggers.register_append_only("audit_entry")
        triggers.register_append_only("audit_block")
        pre_migrate.connect(_lift_triggers, sender=self)
        post_migrate.connect(_install_triggers, sender=self)


def _lift_triggers(using: str, **_: Any) -> None:
    """SQLite rebuilds a table to change a column, and refuses while a trigger names the old one."""
    from gezhi.ground.audit import triggers

    if connections[using].vendor == "sqlite":
        triggers.remove(using)


def _install_triggers(using: str, **_: Any) -> None:
    """Once a migration (or an emptying) is over all tables are there, whatever app was migrated."""
    from gezhi.ground.audit import triggers

    triggers.install(using)
