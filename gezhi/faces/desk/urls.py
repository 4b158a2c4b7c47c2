"""Addresses of the desk: what each room has of them."""

from django.urls import URLPattern, URLResolver, include, path

app_name = "desk"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("gezhi.faces.desk.home.urls")),
    path("queues/", include("gezhi.faces.desk.queues.urls")),
    path("", include("gezhi.faces.desk.cases.urls")),
    path("confidential/", include("gezhi.faces.desk.confidential.urls")),
    path("intake/", include("gezhi.faces.desk.intake.urls")),
    path("", include("gezhi.faces.desk.triage.urls")),
    path("admissions/", include("gezhi.faces.desk.admissions.urls")),
    path("blanks/", include("gezhi.faces.desk.blanks.urls")),
    path("emergency/", include("gezhi.faces.desk.emergency.urls")),
    path("orders/", include("gezhi.faces.desk.orders.urls")),
    path("rota/", include("gezhi.faces.desk.rota.urls")),
    path("figures/", include("gezhi.faces.desk.figures.urls")),
    path("precedents/", include("gezhi.faces.desk.precedents.urls")),
    path("knowledge/", include("gezhi.faces.desk.knowledge.urls")),
    path("guests/", include("gezhi.faces.desk.guests.urls")),
    path("search/", include("gezhi.faces.desk.search.urls")),
    path("notices/", include("gezhi.faces.desk.notices.urls")),
    path("deliveries/", include("gezhi.faces.desk.deliveries.urls")),
    path("tasks/", include("gezhi.faces.desk.jobs.urls")),
    path("doctor/", include("gezhi.faces.desk.doctor.urls")),
    path("sheets/", include("gezhi.faces.desk.sheets.urls")),
    path("backups/", include("gezhi.faces.desk.backups.urls")),
    path("setup/", include("gezhi.faces.desk.setup.urls")),
]
