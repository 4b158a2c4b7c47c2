"""Finding a case, below /desk/search/."""

from django.urls import URLPattern, URLResolver, path

from gezhi.faces.desk.queues import export
from gezhi.faces.desk.search import search

urlpatterns: list[URLPattern | URLResolver] = [
    path("", search.search, name="search"),
    path("export/", export.export_found, name="search_export"),
]
