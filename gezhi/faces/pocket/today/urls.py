"""今日: what waits for this worker."""

from django.urls import URLPattern, URLResolver, path

from gezhi.faces.pocket.today import today

urlpatterns: list[URLPattern | URLResolver] = [
    path("", today.today, name="today"),
    path("checks/", today.checks, name="checks"),
    path("mine/", today.mine, name="mine"),
]
