"""A call taken down, below /desk/intake/."""

from django.urls import URLPattern, URLResolver, path

from gezhi.faces.desk.intake import alike, call

urlpatterns: list[URLPattern | URLResolver] = [
    path("", call.intake, name="intake"),
    path("caller/", call.caller, name="caller"),
    path("place/", call.place, name="place"),
    path("alike/", alike.of_call, name="intake_alike"),
    path("place/cases/", call.place_cases, name="place_cases"),
    path("<slug:number>/", call.receipt, name="intake_receipt"),
]
