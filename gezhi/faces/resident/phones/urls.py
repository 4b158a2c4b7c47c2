"""社区电话."""

from django.urls import URLPattern, URLResolver, path

from gezhi.faces.resident.phones import phones

urlpatterns: list[URLPattern | URLResolver] = [
    path("phones", phones.phones, name="phones"),
]
