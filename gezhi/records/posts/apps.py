"""岗位."""

from django.apps import AppConfig


class PostsConfig(AppConfig):
    name = "gezhi.records.posts"
    label = "posts"
    verbose_name = "岗位"
