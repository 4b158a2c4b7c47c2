"""居民端."""

import logging

from django.apps import AppConfig

from gezhi.faces.shell.logs import WithoutCodes

# Django writes the path of every refused request; ours holds the code of a receipt.
LOGGERS = ("django.request", "django.security.csrf", "django.server")


class ResidentConfig(AppConfig):
    name = "gezhi.faces.resident"
    label = "resident"
    verbose_name = "居民端"

    def ready(self) -> None:
        """Keep codes out of the logs, whatever settings say about logging."""
        for name in LOGGERS:
            logging.getLogger(name).addFilter(WithoutCodes())
