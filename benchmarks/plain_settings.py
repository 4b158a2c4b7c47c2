"""The floor's settings: the same database, no middleware, one view."""

from gezhi.config.settings import *  # noqa: F403

MIDDLEWARE: list[str] = []
ROOT_URLCONF = "benchmarks.plain_urls"
WSGI_APPLICATION = "django.core.wsgi.get_wsgi_application"
