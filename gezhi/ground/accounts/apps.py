"""账号."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "gezhi.ground.accounts"
    label = "accounts"
    verbose_name = "账号"
