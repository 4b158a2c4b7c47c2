"""What granian serves for the careless design."""

import os

os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.careless_settings"

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
