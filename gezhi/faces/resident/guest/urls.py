"""The page of an invitation, below /g/<link>; the link is all its address says."""

from django.urls import URLPattern, URLResolver, path

from gezhi.faces.resident.guest import deeds, door, photos

urlpatterns: list[URLPattern | URLResolver] = [
    path("<slug:link>", door.door, name="guest"),
    path("<slug:link>/take", deeds.take, name="guest_take"),
    path("<slug:link>/ask", deeds.ask, name="guest_ask"),
    path("<slug:link>/finish", deeds.finish, name="guest_finish"),
    path("<slug:link>/photo/<row:file_id>", photos.photo, name="guest_photo"),
]
