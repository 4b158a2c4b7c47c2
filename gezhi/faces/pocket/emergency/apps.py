"""掌上网格：应急点名."""

from django.apps import AppConfig


class EmergencyConfig(AppConfig):
    name = "gezhi.faces.pocket.emergency"
    label = "pocket_emergency"
    verbose_name = "掌上网格：应急点名"

    def ready(self) -> None:
        """Stand on top of the first page while a roll call waits."""
        from gezhi.faces.pocket import registry
        from gezhi.faces.pocket.emergency.room import PIECE

        registry.register_piece(PIECE)
