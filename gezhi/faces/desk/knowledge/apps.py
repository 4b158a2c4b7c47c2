"""工作台：知识库."""

from django.apps import AppConfig


class KnowledgeConfig(AppConfig):
    name = "gezhi.faces.desk.knowledge"
    label = "desk_knowledge"
    verbose_name = "工作台：知识库"

    def ready(self) -> None:
        """Add this room to the desk."""
        from gezhi.faces.desk import registry
        from gezhi.faces.desk.knowledge.room import ROOM

        registry.register(ROOM)
