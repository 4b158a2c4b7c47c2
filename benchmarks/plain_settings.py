"""The floor's settings: the same database, one view, no middleware but the one allauth insists on."""

from gezhi.config.settings import *

MIDDLEWARE = ["allauth.account.middleware.AccountMiddleware"]
ROOT_URLCONF = "benchmarks.plain_urls"
