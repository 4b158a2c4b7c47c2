"""换版."""

from django.apps import AppConfig


class UpgradesConfig(AppConfig):
    name = "gezhi.ground.upgrades"
    label = "upgrades"
    verbose_name = "换版"
