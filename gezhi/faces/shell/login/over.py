"""The address of the frame in which a log-in opens over a page (see `interrupted`)."""

from urllib.parse import urlencode

from django.urls import reverse


def over_url(name: str = "account_login") -> str:
    """The page of this name first, then the one that tells the page around it: `logged_in`."""
    return f"{reverse(name)}?{urlencode({'next': reverse('shell:logged_in')})}"
