"""空白表."""

from django.apps import AppConfig


class BlanksConfig(AppConfig):
    name = "gezhi.work.blanks"
    label = "blanks"
    verbose_name = "空白表"

    def ready(self) -> None:
        """Say who may look at the photo of a filled paper, listen for erased reporters, name the
        trail's words."""
        from gezhi.ground.audit import wording
        from gezhi.ground.files import doors
        from gezhi.work.blanks import receivers
        from gezhi.work.blanks.queries import may_look
        from gezhi.work.blanks.trail_words import WORDING

        wording.register("blanks", WORDING)
        doors.register("blank", may_look)
        receivers.connect()
