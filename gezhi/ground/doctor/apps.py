"""体检."""

from django.apps import AppConfig


class DoctorConfig(AppConfig):
    name = "gezhi.ground.doctor"
    label = "doctor"
    verbose_name = "体检"
