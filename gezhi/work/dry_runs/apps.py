"""试算."""

from django.apps import AppConfig


class DryRunsConfig(AppConfig):
    name = "gezhi.work.dry_runs"
    label = "dry_runs"
    verbose_name = "试算"

    def ready(self) -> None:
        """Say in words what the trail holds of this module."""
        from gezhi.ground.audit import wording
        from gezhi.work.dry_runs.trail_words import WORDING

        wording.register("dry_runs", WORDING)
