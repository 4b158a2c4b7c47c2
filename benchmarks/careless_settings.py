"""The plain settings with the careless view, and a web process that dies as ours does."""

from benchmarks.plain_settings import *
from benchmarks.plain_settings import MIDDLEWARE as PLAIN

MIDDLEWARE = ["benchmarks.dying.Dying", *PLAIN]
ROOT_URLCONF = "benchmarks.careless_urls"
