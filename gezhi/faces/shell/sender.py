"""From whose network a request comes, for counting; and whether a proxy hides them all.

Behind a proxy nobody declared (`GEZHI_PROXIES`), everybody has the proxy's address. A limit by
address would then be a wall one stranger can put up for the whole district, so it is not applied,
and `gezhi check` and the system administrator's page say what is wrong.
"""

import ipaddress

from django.conf import settings
from django.http import HttpRequest

from gezhi.ground.counters import actions as counters
from gezhi.ground.counters import queries as counted
from gezhi.ground.counters.rules import Counted, Limit

# One visitor may forge a header; a proxy sends it with every request.
_PROXY = Limit("undeclared_proxy", 20, 86_400)
_SEEN = ("seen",)
_HEADERS = ("X-Forwarded-For", "Forwarded", "X-Real-IP")
# A household, an office or a server gets a whole network of IPv6 addresses.
_V6_NETWORK = 64


def sender_of(request: HttpRequest | None) -> str:
    """The network the request comes from: an IPv4 address or an IPv6 /64; "" when nobody can tell.

    The peer's address, or the one a declared proxy names. A header nobody declared changes nothing,
    but a peer inside the house that keeps sending one is a proxy, and its address is nobody's.
    """
    if request is None:
        return ""
    peer = _network(str(request.META.get("REMOTE_ADDR") or ""))
    declared = int(settings.ALLAUTH_TRUSTED_PROXY_COUNT)
    forwarded = str(request.headers.get("X-Forwarded-For") or "")
    if declared and forwarded:
        hops = forwarded.split(",")
        # Fewer hops than declared: the last proxy we know is the only one to be believed.
        return _network(hops[-declared]) if len(hops) >= declared else peer
    if not declared and _is_inside(peer) and any(name in request.headers for name in _HEADERS):
        counters.count(Counted(_PROXY, _SEEN))
        return "" if hides_senders() else peer
    return peer


def hides_senders() -> bool:
    """Whether requests keep coming through a proxy that GEZHI_PROXIES does not tell of."""
    return counted.seconds_closed(Counted(_PROXY, _SEEN)) > 0


def is_known(sender: str) -> bool:
    """Whether the operator named this address: another system's, which sends a great deal."""
    if not sender:
        return False
    address = ipaddress.ip_network(sender)
    return any(
        address.version == known.version and address.subnet_of(known)  # type: ignore[arg-type] # one version, asked just before
        for known in settings.GEZHI_KNOWN_ADDRESSES
    )


def _network(text: str) -> str:
    try:
        address = ipaddress.ip_address(text.strip().strip("[]").split("%")[0])
    except ValueError:
        return ""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is None:
            return str(ipaddress.ip_network((address, _V6_NETWORK), strict=False))
        address = address.ipv4_mapped
    return str(address)


def _is_inside(network: str) -> bool:
    return not network or not ipaddress.ip_network(network).is_global
