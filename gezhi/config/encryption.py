"""The three ways a browser's words may come here, and what each of them sets.

`GEZHI_TLS` names one: `proxy` (TLS ends at a proxy in front, which `GEZHI_PROXY_TLS_HEADER` tells
of), `own` (`gezhi serve --tls`), `plain` (nobody encrypts, and somebody said that this is meant).
"""

from collections.abc import Mapping

PROXY, OWN, PLAIN = "proxy", "own", "plain"
WAYS = (PROXY, OWN, PLAIN)
HSTS_SECONDS = 31_536_000
HSTS_WORDS = ("", "no", "host", "subdomains", "preload")
# The browsers' list takes only names that speak for all below them.
WITH_SUBDOMAINS = ("subdomains", "preload")


def way_of(environment: Mapping[str, str]) -> str:
    """The way that was chosen; a header of a proxy's chooses the proxy. "" when none was, and an
    unknown word as it is: `gezhi check` names it."""
    said = environment.get("GEZHI_TLS", "").strip().lower()
    return said or (PROXY if environment.get("GEZHI_PROXY_TLS_HEADER") else "")


def keeps_browsers(way: str, port: int, said: str) -> bool:
    """Whether browsers are told to open this name by TLS only, for a year (RFC 6797).

    They then do so at every port of the name. With TLS of our own at another port than 443 that
    would shut the very port that leads people here, so it is done only when the operator says so.
    """
    if said == "no" or way not in (PROXY, OWN):
        return False
    return way == PROXY or port == 443 or said in ("host", *WITH_SUBDOMAINS)
