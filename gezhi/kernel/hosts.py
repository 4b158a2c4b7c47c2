"""Under which names an installation answers when nobody told it: this machine's own.

A name from outside (`Host: evil.example`) would otherwise stand in links and QR codes, and a page of
a stranger could reach a demo on a clerk's own machine by having its name lead there.
"""

import fcntl
import ipaddress
import socket
import struct
import sys
from pathlib import Path

# An address for documents (RFC 5737), which every machine would reach through its gateway.
_ELSEWHERE = "192.0.2.1"
_SIOCGIFADDR = 0x8915
_INET6 = Path("/proc/net/if_inet6")


def own_hosts() -> list[str]:
    """localhost, the machine's name, and the addresses of its network interfaces now."""
    name = socket.gethostname().lower()
    named = [name, name.partition(".")[0]] if name else []
    return [
        *dict.fromkeys(["localhost", ".localhost", "127.0.0.1", "[::1]", *named, *_addresses()])
    ]


def office_address() -> str:
    """The address of this machine that others in its network use; "" when it is in none.

    Nothing is sent: the kernel is asked which way it would go.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        try:
            asked.connect((_ELSEWHERE, 9))
        except OSError:
            return ""
        return str(asked.getsockname()[0])


def _addresses() -> list[str]:
    try:
        return _of_interfaces() if sys.platform == "linux" else _of_name()
    except OSError:
        return []


def _of_interfaces() -> list[str]:
    """Every IPv4 and global IPv6 address, as the kernel knows them."""
    found = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        for _index, name in socket.if_nameindex():
            wanted = struct.pack("256s", name.encode()[:15])
            try:
                answer = fcntl.ioctl(asked.fileno(), _SIOCGIFADDR, wanted)
            except OSError:
                # The interface has no IPv4 address.
                continue
            found.append(socket.inet_ntoa(answer[20:24]))
    lines = _INET6.read_text().splitlines() if _INET6.exists() else []
    found += [f"[{ipaddress.IPv6Address(bytes.fromhex(line.split()[0]))}]" for line in lines]
    return found


def _of_name() -> list[str]:
    """What the machine's own name leads to."""
    found = socket.getaddrinfo(socket.gethostname(), None)
    addresses = {str(row[4][0]).partition("%")[0] for row in found}
    return sorted(f"[{address}]" if ":" in address else address for address in addresses)
