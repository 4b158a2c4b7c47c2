"""单、书：一份描述，网页、PDF、Word 都从它来."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PaperConfig(AppConfig):
    name = "gezhi.faces.paper"
    label = "paper"
    verbose_name = "纸"

    def ready(self) -> None:
        """Say what the trail calls a print."""
        from gezhi.ground.audit.wording import Family, Wording, register

        register(
            "paper",
            Wording(
                families={"papers": Family(75, _("打印单据"))},
                verbs={"papers.print": _("打印或下载一张单子")},
                details={"paper": _("单子"), "way": _("怎样拿走")},
                codes={"pdf": "PDF", "docx": "Word", "page": _("网页打印")},
            ),
        )
