"""我的网格员."""

from django.urls import URLPattern, URLResolver, path

from gezhi.faces.resident.crew import crew

urlpatterns: list[URLPattern | URLResolver] = [
    path("grid-worker", crew.grid_worker, name="grid_worker"),
]
