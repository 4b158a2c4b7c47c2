"""The page of one report. Its code stands in its own address only, never in a query."""

from django.urls import URLPattern, URLResolver, path

from gezhi.faces.resident.receipt import deeds, receipt

_RECEIPT = "r/<str:number>/<str:code>"

urlpatterns: list[URLPattern | URLResolver] = [
    path(_RECEIPT, receipt.receipt, name="receipt"),
    path(f"{_RECEIPT}/add", deeds.add, name="add"),
    path(f"{_RECEIPT}/urge", deeds.urge, name="urge"),
    path(f"{_RECEIPT}/rate", deeds.rate, name="rate"),
    path(f"{_RECEIPT}/reopen", deeds.reopen, name="reopen"),
]
