"""Backups, below /desk/backups/."""

from django.urls import URLPattern, URLResolver, path

from gezhi.faces.desk.backups import backups

urlpatterns: list[URLPattern | URLResolver] = [
    path("", backups.backups, name="backups"),
    path("make/", backups.make, name="backup_make"),
]
