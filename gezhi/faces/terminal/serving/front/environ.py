"""From what the server read to the environment Django reads (PEP 3333)."""

import sys
from collections.abc import Sequence
from typing import Any, Protocol


class Headers(Protocol):
    """Header lines as they came, names in lower case."""

    def items(self) -> list[tuple[str, str]]: ...


class Scope(Protocol):
    """What granian knows of a request (RSGI 1.x)."""

    http_version: str
    server: str
    client: str
    scheme: str
    method: str
    path: str
    query_string: str

    @property
    def headers(self) -> Headers: ...


class Unclear(Exception):
    """The request can be read in two ways, and two readers might not agree."""


BASE: dict[str, Any] = {
    "GATEWAY_INTERFACE": "CGI/1.1",
    "SCRIPT_NAME": "",
    "SERVER_SOFTWARE": "gezhi",
    "wsgi.errors": sys.stderr,
    "wsgi.version": (1, 0),
    "wsgi.input_terminated": True,
    "wsgi.multithread": True,
    "wsgi.multiprocess": True,
    "wsgi.run_once": False,
}
# A request that brings two of these means two different things to a proxy and to us.
_ONCE = frozenset({"host", "content-length", "content-type", "transfer-encoding", "authorization"})


def environ_of(scope: Scope) -> dict[str, Any]:
    """The environment without a body.

    A header whose name holds an underscore is left out: in the environment `X_Forwarded_Proto`
    would be the same as `X-Forwarded-Proto`, which a proxy sets or takes out. Raises Unclear.
    """
    host, port = _split(scope.server)
    address, remote_port = _split(scope.client)
    made = BASE | {
        "REQUEST_METHOD": scope.method,
        "PATH_INFO": _latin(scope.path),
        "QUERY_STRING": scope.query_string,
        "SERVER_NAME": host,
        "SERVER_PORT": port,
        "REMOTE_ADDR": address,
        "REMOTE_PORT": remote_port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "wsgi.url_scheme": scope.scheme,
    }
    _add_headers(made, scope.headers.items())
    return made


def _add_headers(made: dict[str, Any], lines: Sequence[tuple[str, str]]) -> None:
    for name, value in lines:
        if "_" in name:
            continue
        key = name.upper().replace("-", "_")
        if name not in {"content-type", "content-length"}:
            key = f"HTTP_{key}"
        if key not in made:
            made[key] = value
        elif name in _ONCE:
            raise Unclear(name)
        else:
            made[key] += ("; " if name == "cookie" else ",") + value


def _split(address: str) -> tuple[str, str]:
    host, _, port = address.rpartition(":")
    return host.strip("[]"), port


def _latin(text: str) -> str:
    """Text as WSGI carries it: its UTF-8 bytes, one sign each."""
    return text.encode("utf-8", "surrogateescape").decode("latin-1")
