"""配置."""

from django.apps import AppConfig

from gezhi.ground.jobs import timetable


class SettingsConfig(AppConfig):
    name = "gezhi.config"
    label = "settings"
    verbose_name = "配置"

    def ready(self) -> None:
        from gezhi.config import checks

        checks.register()
        timetable.install(_schedule)


def _schedule() -> timetable.Timetable:
    """The timetable, read by beat alone: it knows the tasks of every module."""
    from gezhi.config.schedule import SCHEDULE

    return SCHEDULE
