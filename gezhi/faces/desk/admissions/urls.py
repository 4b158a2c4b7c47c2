"""社区事项准入, below /desk/admissions/."""

from django.urls import URLPattern, URLResolver, path

from gezhi.faces.desk.admissions import allowing, asking, export, listing

urlpatterns: list[URLPattern | URLResolver] = [
    path("", listing.admissions, name="admissions"),
    path("export/", export.export, name="admissions_export"),
    path("ask/", asking.ask, name="admission_ask"),
    path("<row:admission_id>/allow/", allowing.allow, name="admission_allow"),
]
