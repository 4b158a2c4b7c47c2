"""命令行."""

from django.apps import AppConfig


class TerminalConfig(AppConfig):
    name = "gezhi.faces.terminal"
    label = "terminal"
    verbose_name = "命令行"

    def ready(self) -> None:
        """Say in words what the trail holds of this module."""
        from gezhi.faces.terminal.trail_words import WORDING
        from gezhi.ground.audit import wording

        wording.register("terminal", WORDING)
