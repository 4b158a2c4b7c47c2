"""投诉与建议."""

from django.urls import URLPattern, URLResolver, path

from gezhi.faces.resident.suggest import suggest

urlpatterns: list[URLPattern | URLResolver] = [
    path("suggest", suggest.suggest, name="suggest"),
]
