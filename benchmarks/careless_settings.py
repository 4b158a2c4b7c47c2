"""The plain settings with the careless view."""

from benchmarks.plain_settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.careless_urls"
