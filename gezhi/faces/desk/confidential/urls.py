"""Restricted cases: that they exist, and the one opened by need, below /desk/confidential/."""

from django.urls import URLPattern, URLResolver, path

from gezhi.faces.desk.confidential import opening

urlpatterns: list[URLPattern | URLResolver] = [
    path("", opening.confidential, name="confidential"),
    path("<slug:number>/", opening.confidential_case, name="confidential_case"),
]
