"""Links of units without accounts, and words for a group, below /desk/guests/."""

from django.urls import URLPattern, URLResolver, path

from gezhi.faces.desk.guests import group_text, guests

urlpatterns: list[URLPattern | URLResolver] = [
    path("", guests.guests, name="guests"),
    path("group-text/<slug:number>/", group_text.group_text, name="group_text"),
]
