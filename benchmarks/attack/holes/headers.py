"""Headers that pass for others once they are names of an environment."""

from collections.abc import Iterator

from benchmarks.attack.stand import Finding, Stand

NAME = "headers"
DOES = "sends a proxy's headers spelt with underscores, and two Host lines, to a production"
RIGHT = "only the proxy's own spelling counts; two hosts are no request; foreign hosts get no page"
CASES = None
PRODUCTION = True

_HOST = b"Host: gezhi.example\r\n"


def attack(stand: Stand) -> Iterator[Finding]:
    """Over plain HTTP a page is a redirect to HTTPS, unless the proxy says that TLS was there."""
    for name, lines, right in (
        ("the proxy's header", _HOST + b"X-Forwarded-Proto: https\r\n", b"200"),
        ("no header", _HOST, b"301"),
        ("X_Forwarded_Proto", _HOST + b"X_Forwarded_Proto: https\r\n", b"301"),
        ("X_Forwarded-Proto", _HOST + b"X_Forwarded-Proto: https\r\n", b"301"),
        ("two hosts", _HOST + b"Host: evil.example\r\n", b"400"),
        ("a foreign host", b"Host: evil.example\r\nX-Forwarded-Proto: https\r\n", b"400"),
    ):
        request = b"GET /privacy HTTP/1.1\r\nConnection: close\r\n" + lines + b"\r\n"
        answer = stand.say(request)
        status = answer[9:12]
        held = status == right and b"evil.example" not in answer
        yield Finding(name, f"{status.decode()}, right is {right.decode()}", held)
