"""掌上网格：我的值班."""

from django.apps import AppConfig


class RotaConfig(AppConfig):
    name = "gezhi.faces.pocket.rota"
    label = "pocket_rota"
    verbose_name = "掌上网格：我的值班"
