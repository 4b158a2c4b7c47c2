"""What was ruled before, below /desk/precedents/."""

from django.urls import URLPattern, URLResolver, path

from gezhi.faces.desk.precedents import precedents

urlpatterns: list[URLPattern | URLResolver] = [
    path("", precedents.precedents, name="precedents"),
    path("<row:precedent_id>/end/", precedents.precedent_end, name="precedent_end"),
]
