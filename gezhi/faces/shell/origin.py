"""Whose page sent a form, as the browser says it (Fetch Metadata; RFC 6454)."""

from urllib.parse import urlsplit

from django.http import HttpRequest

_OWN = ("same-origin", "none")


def comes_from_elsewhere(request: HttpRequest) -> bool:
    """Whether the browser says that another site's page sent this; one that says nothing is believed."""
    site = request.headers.get("Sec-Fetch-Site", "")
    if site:
        return site not in _OWN
    origin = request.headers.get("Origin", "null")
    return origin != "null" and urlsplit(origin).netloc != request.get_host()
