"""The list that `gezhi help` shows: ours, each with what it does; Django's own stand aside.

Chinese only, as what each command says of itself is.
"""

from django.core.management import (
    ManagementUtility,
    get_commands,
    load_command_class,
)

_OURS = "gezhi."
# In the order an installation meets them; what is new stands behind them until it has its place.
_ORDER = ("prepare", "setup", "demo", "serve", "worker", "beat", "check", "doctor", "upgrade")


class Commands(ManagementUtility):
    """Django's dispatcher with our first page of help."""

    def main_help_text(self, commands_only: bool = False) -> str:
        """All names, one a line, for a program (`help --commands`); else ours in words."""
        if commands_only:
            return super().main_help_text(commands_only=True)
        known = get_commands()
        ours = sorted(
            (name for name, app in known.items() if str(app).startswith(_OURS)),
            key=lambda name: (_ORDER.index(name) if name in _ORDER else len(_ORDER), name),
        )
        width = max(map(len, ours)) + 2
        lines = [
            f"  {name:<{width}}{load_command_class(str(known[name]), name).help}" for name in ours
        ]
        return "\n".join(
            [
                "用法：gezhi 命令 [选项]",
                "",
                *lines,
                "",
                "一个命令的选项：gezhi help 命令",
                "还有 Django 自带的命令，平时用不着：gezhi help --commands",
            ]
        )
