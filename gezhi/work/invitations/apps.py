"""临时链接."""

from django.apps import AppConfig


class InvitationsConfig(AppConfig):
    name = "gezhi.work.invitations"
    label = "invitations"
    verbose_name = "临时链接"

    def ready(self) -> None:
        """Say in words what the trail holds of this module."""
        from gezhi.ground.audit import wording
        from gezhi.work.invitations.trail_words import WORDING

        wording.register("invitations", WORDING)
