"""The first page of the desk."""

from django.urls import URLPattern, URLResolver, path

from gezhi.faces.desk.home import home

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
]
