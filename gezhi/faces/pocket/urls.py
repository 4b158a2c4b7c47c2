"""Addresses of the grid worker's phone."""

from django.urls import path

from gezhi.faces.pocket import cases, looking, reporting, today

app_name = "pocket"
urlpatterns = [
    path("", today.today, name="today"),
    path("checks/", today.checks, name="checks"),
    path("mine/", today.mine, name="mine"),
    path("report/", reporting.report, name="report"),
    path("spot/", reporting.spot, name="spot"),
    path("here/", reporting.here, name="here"),
    path("cases/<str:number>/", cases.case, name="case"),
    path("cases/<str:number>/verify/", looking.verify, name="verify"),
    path("cases/<str:number>/check/", looking.check, name="check"),
    path("cases/<str:number>/spot/", looking.spot, name="spot_case"),
]
