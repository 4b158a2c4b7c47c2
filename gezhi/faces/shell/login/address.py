"""From which network address a request comes."""

from allauth.core.internal.httpkit import get_client_ip
from django.http import HttpRequest


def address_of(request: HttpRequest | None) -> str:
    """The peer's address, or the one a trusted proxy names (`ALLAUTH_TRUSTED_PROXY_COUNT`).

    "" for a call without request. Never trusts a header that nobody configured.
    """
    if request is None:
        return ""
    return get_client_ip(request) or ""
