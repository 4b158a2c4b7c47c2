"""What `gezhi serve` lets granian serve: Django behind the front that reads requests for it."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gezhi.config.settings")
_django = get_wsgi_application()

# Imported after Django is set up: it asks the addresses how much each reads.
from gezhi.faces.terminal.serving.front import Front  # noqa: E402 - settings first

application = Front(_django, threads=int(os.environ.get("GEZHI_THREADS", "4")))
