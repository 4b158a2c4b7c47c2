"""查进度."""

from django.urls import URLPattern, URLResolver, path

from gezhi.faces.resident.track import track

urlpatterns: list[URLPattern | URLResolver] = [
    path("track", track.track, name="track"),
]
