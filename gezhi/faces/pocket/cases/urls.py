"""A case on the phone, below /pocket/cases/."""

from django.urls import URLPattern, URLResolver, path

from gezhi.faces.pocket.cases import case, group_text, look

urlpatterns: list[URLPattern | URLResolver] = [
    path("<str:number>/", case.case, name="case"),
    path("<str:number>/group-text/", group_text.group_text, name="group_text"),
    path("<str:number>/verify/", look.verify, name="verify"),
    path("<str:number>/check/", look.check, name="check"),
    path("<str:number>/spot/", look.spot, name="spot_case"),
]
