"""工作台."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "gezhi.faces.desk"
    label = "desk"
    verbose_name = "工作台"

    def ready(self) -> None:
        """Put the desk's pages into the rail."""
        from gezhi.faces.desk import entries

        entries.register()
