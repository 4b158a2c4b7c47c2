"""工作台：社区事项准入."""

from django.apps import AppConfig


class AdmissionsConfig(AppConfig):
    name = "gezhi.faces.desk.admissions"
    label = "desk_admissions"
    verbose_name = "工作台：社区事项准入"

    def ready(self) -> None:
        """Add this room to the desk."""
        from gezhi.faces.desk import registry
        from gezhi.faces.desk.admissions.room import ROOM

        registry.register(ROOM)
