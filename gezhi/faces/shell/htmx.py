"""What the htmx headers of a request mean, and the few headers an answer may carry."""

import json

from django.http import HttpRequest, HttpResponse


def wants_part(request: HttpRequest) -> bool:
    """Whether htmx will swap a piece into a page that stands.

    Boosted links and the back button also come from htmx but want the whole page.
    """
    headers = request.headers
    return (
        headers.get("HX-Request") == "true"
        and headers.get("HX-Boosted") != "true"
        and headers.get("HX-History-Restore-Request") != "true"
    )


def toast(response: HttpResponse, words: str) -> HttpResponse:
    """Say a short sentence over the page once the piece has been swapped in.

    The header is ASCII by escape, as header values must be.
    """
    response.headers["HX-Trigger-After-Swap"] = json.dumps({"toast": {"words": words}})
    return response


def go_to(url: str) -> HttpResponse:
    """Tell htmx to leave for another page, as a redirect would for a plain form."""
    return HttpResponse(status=204, headers={"HX-Redirect": url})


def log_in_over(url: str) -> HttpResponse:
    """Tell htmx that a log-in comes first: it opens over the page, which stays as it is."""
    response = HttpResponse(status=401)
    response.headers["HX-Trigger"] = json.dumps({"log-in-over": {"url": url}})
    response.headers["HX-Reswap"] = "none"
    return response
