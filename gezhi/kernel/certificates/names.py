"""Names and addresses a certificate speaks for, and which of them an authority may speak for."""

import ipaddress
import re
from collections.abc import Iterable

from cryptography import x509

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
# What an authority may always speak for: addresses and names that no office shares with the
# outside world (RFC 1918, 3927, 4193, 6598, 6761, 6762, 8375; ICANN's `internal`). A stolen key
# opens no bank.
PRIVATE_NETWORKS = tuple(
    map(
        ipaddress.ip_network,
        (
            *("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"),
            *("100.64.0.0/10", "169.254.0.0/16", "::1/128", "fc00::/7"),
        ),
    )
)
PRIVATE_NAMES = ("localhost", "local", "lan", "home.arpa", "internal")
_LABEL = r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
_NAME = re.compile(rf"(\*\.)?{_LABEL}(\.{_LABEL})*")


def names_of(hosts: Iterable[str]) -> tuple[str, ...]:
    """Hosts as an installation lists them (`[::1]`, `.example.cn`), as a certificate names them.

    A leading dot stands for the name and for one below it. Public IPv6 addresses change by the
    day and are left out unless there is nothing else; what no certificate can name (`*`) is
    dropped.
    """
    found: dict[str, None] = {}
    for host in hosts:
        for name in _forms(host.strip().lower()):
            found[name] = None
    return tuple(found)


def _forms(host: str) -> tuple[str, ...]:
    address = address_of(host)
    if address is not None:
        passing = address.version == 6 and not _is_private(address)
        return () if passing else (str(address),)
    bare = _in_ascii(host.lstrip("."))
    if not _NAME.fullmatch(bare):
        return ()
    # A star right below the root is believed by no browser.
    return (bare, f"*.{bare}") if host.startswith(".") and "." in bare else (bare,)


def address_of(host: str) -> Address | None:
    """The address a host is written as; None for a name."""
    try:
        return ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return None


def _is_private(address: Address) -> bool:
    return any(address in network for network in PRIVATE_NETWORKS)


def _in_ascii(name: str) -> str:
    """A Chinese name as it travels (RFC 5891); "" when it cannot be one."""
    if name.isascii():
        return name
    try:
        return name.encode("idna").decode("ascii")
    except UnicodeError:
        return ""


def alternatives(names: Iterable[str]) -> list[x509.GeneralName]:
    """The names as the field of a certificate that holds them."""
    made: list[x509.GeneralName] = []
    for name in names:
        address = address_of(name)
        made.append(x509.DNSName(name) if address is None else x509.IPAddress(address))
    return made


def subtrees(names: Iterable[str]) -> list[x509.GeneralName]:
    """What an authority made for these names may speak for: them, and whatever is private."""
    made: list[x509.GeneralName] = [x509.IPAddress(network) for network in PRIVATE_NETWORKS]
    domains = dict.fromkeys(PRIVATE_NAMES)
    for name in names:
        address = address_of(name)
        if address is None:
            domains[name.removeprefix("*.")] = None
        elif not _is_private(address):
            made.append(x509.IPAddress(ipaddress.ip_network(address)))
    return [*made, *map(x509.DNSName, domains)]


def permits(constraints: x509.NameConstraints, name: str) -> bool:
    """Whether an authority with these constraints may speak for the name (RFC 5280, 4.2.1.10)."""
    address = address_of(name)
    for subtree in constraints.permitted_subtrees or ():
        if address is not None and isinstance(subtree, x509.IPAddress):
            network = subtree.value
            if isinstance(network, ipaddress.IPv4Network | ipaddress.IPv6Network) and (
                address in network
            ):
                return True
        elif address is None and isinstance(subtree, x509.DNSName):
            bare = name.removeprefix("*.")
            if bare == subtree.value or bare.endswith(f".{subtree.value}"):
                return True
    return False
