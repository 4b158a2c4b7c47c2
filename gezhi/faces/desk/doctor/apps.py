"""工作台：体检."""

from django.apps import AppConfig


class DoctorRoomConfig(AppConfig):
    name = "gezhi.faces.desk.doctor"
    label = "desk_doctor"
    verbose_name = "工作台：体检"

    def ready(self) -> None:
        """Add this room to the desk."""
        from gezhi.faces.desk import registry
        from gezhi.faces.desk.doctor.room import ROOM

        registry.register(ROOM)
