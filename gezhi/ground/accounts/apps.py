"""账号."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "gezhi.ground.accounts"
    label = "accounts"
    verbose_name = "账号"

    def ready(self) -> None:
        """Say in words what the trail holds of this module."""
        from gezhi.ground.accounts.trail_words import WORDING
        from gezhi.ground.audit import wording

        wording.register("accounts", WORDING)
