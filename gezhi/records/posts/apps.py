"""岗位."""

from django.apps import AppConfig


class PostsConfig(AppConfig):
    name = "gezhi.records.posts"
    label = "posts"
    verbose_name = "岗位"

    def ready(self) -> None:
        """Say how people come in by sheet, and who an account is when a sheet is stored."""
        from gezhi.ground.audit import wording
        from gezhi.ground.sheets import declared
        from gezhi.records.posts import receivers
        from gezhi.records.posts.queries import viewer_of_id
        from gezhi.records.posts.rota_sheet import ROTA
        from gezhi.records.posts.staff_sheet import STAFF
        from gezhi.records.posts.trail_words import WORDING

        wording.register("posts", WORDING)
        declared.register(STAFF)
        declared.register(ROTA)
        declared.people_are(viewer_of_id)
        receivers.connect()
