"""隐私说明."""

from django.urls import URLPattern, URLResolver, path

from gezhi.faces.resident.privacy import privacy

urlpatterns: list[URLPattern | URLResolver] = [
    path("privacy", privacy.privacy, name="privacy"),
]
