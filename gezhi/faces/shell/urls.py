"""Addresses of the shell: sessions, one's own settings, and the gallery of parts."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, path

from gezhi.faces.shell import gallery, group_text, offline, preferences
from gezhi.faces.shell.certificate import views as certificates
from gezhi.faces.shell.files import signed_file
from gezhi.faces.shell.login import interrupted, views

app_name = "shell"
urlpatterns: list[URLPattern | URLResolver] = [
    path("logout/", views.log_out, name="log_out"),
    path("lock/", views.lock, name="lock"),
    path("password/", views.password, name="password"),
    path("login/over/", interrupted.logged_in, name="logged_in"),
    path("login/alive/", interrupted.alive, name="alive"),
    path("work/", views.start, name="start"),
    path("t/<slug:short>", group_text.short, name="short"),
    path("preferences/", preferences.preferences, name="preferences"),
    path("language/", preferences.language, name="language"),
    path("size/", preferences.size, name="size"),
    path("offline", offline.offline, name="offline"),
    path("offline-worker.js", offline.worker, name="offline_worker"),
    path("install-certificate", certificates.install, name="install_certificate"),
    path("install-certificate/gezhi.crt", certificates.certificate_file, name="certificate_file"),
    path("files/<str:signed>", signed_file, name="file"),
]
if not settings.PRODUCTION:
    urlpatterns.append(path("shell/gallery", gallery.gallery, name="gallery"))
