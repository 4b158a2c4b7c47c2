"""知识库."""

from django.apps import AppConfig


class KnowledgeConfig(AppConfig):
    name = "gezhi.work.knowledge"
    label = "knowledge"
    verbose_name = "知识库"

    def ready(self) -> None:
        """Say in words what the trail holds of this module, and how its list is brought in."""
        from gezhi.ground.audit import wording
        from gezhi.ground.sheets import declared
        from gezhi.work.knowledge.sheet import ARTICLES
        from gezhi.work.knowledge.trail_words import WORDING

        wording.register("knowledge", WORDING)
        declared.register(ARTICLES)
