"""My inbox, below /desk/notices/."""

from django.urls import URLPattern, URLResolver, path

from gezhi.faces.desk.notices import inbox

urlpatterns: list[URLPattern | URLResolver] = [
    path("", inbox.notices, name="notices"),
    path("read/", inbox.read_all, name="notices_read"),
    path("<row:notice_id>/open/", inbox.open_notice, name="notice_open"),
]
