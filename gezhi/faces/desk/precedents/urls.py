"""What was ruled before, below /desk/precedents/."""

from django.urls import URLPattern, URLResolver, path

from gezhi.faces.desk.precedents import export, precedents

urlpatterns: list[URLPattern | URLResolver] = [
    path("", precedents.precedents, name="precedents"),
    path("export/", export.export, name="precedents_export"),
    path("<row:precedent_id>/end/", precedents.precedent_end, name="precedent_end"),
]
