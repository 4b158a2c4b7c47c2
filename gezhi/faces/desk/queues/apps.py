"""工作台：队列."""

from django.apps import AppConfig


class QueuesConfig(AppConfig):
    name = "gezhi.faces.desk.queues"
    label = "desk_queues"
    verbose_name = "工作台：队列"
