"""Addresses of this face. A receipt's code stands in its own address only, never in a query."""

from django.urls import URLPattern, URLResolver, path

from gezhi.faces.resident import (
    borders,
    crew,
    phones,
    privacy,
    receipt,
    report,
    suggest,
    track,
    voice,
)

app_name = "resident"
_RECEIPT = "r/<str:number>/<str:code>"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", report.report, name="report"),
    path("where", report.where, name="where"),
    path("borders", borders.borders, name="borders"),
    path("roads", borders.roads, name="roads"),
    path("track", track.track, name="track"),
    path(_RECEIPT, receipt.receipt, name="receipt"),
    path(f"{_RECEIPT}/add", voice.add, name="add"),
    path(f"{_RECEIPT}/urge", voice.urge, name="urge"),
    path(f"{_RECEIPT}/rate", voice.rate, name="rate"),
    path(f"{_RECEIPT}/reopen", voice.reopen, name="reopen"),
    path("grid-worker", crew.grid_worker, name="grid_worker"),
    path("suggest", suggest.suggest, name="suggest"),
    path("phones", phones.phones, name="phones"),
    path("privacy", privacy.privacy, name="privacy"),
]
