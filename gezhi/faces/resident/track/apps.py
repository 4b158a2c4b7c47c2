"""居民端：查进度."""

from django.apps import AppConfig


class TrackConfig(AppConfig):
    name = "gezhi.faces.resident.track"
    label = "resident_track"
    verbose_name = "居民端：查进度"
