"""A gateway on this machine that answers as it is told: for tests of what goes out and what comes back."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit


@dataclass
class Gateway:
    """What it was sent, and what it says next."""

    url: str = ""
    got: list[dict[str, Any]] = field(default_factory=list)
    status: int = 200
    body: bytes = b'{"errcode": 0}'
    # Break off after so many bytes of what was promised; a byte now and then; go elsewhere.
    cut_at: int | None = None
    drips: bool = False
    location: str = ""

    def says(self, told: Any, status: int = 200) -> None:
        """Answer this from now on."""
        self.body, self.status = json.dumps(told).encode(), status


@contextmanager
def running() -> Iterator[Gateway]:
    """It, on a port of its own, until the end."""
    gateway = Gateway()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            gateway.got.append(
                {
                    "path": urlsplit(self.path).path,
                    "query": {k: v[0] for k, v in parse_qs(urlsplit(self.path).query).items()},
                    "headers": dict(self.headers),
                    "body": self.rfile.read(length).decode(),
                }
            )
            self.send_response(302 if gateway.location else gateway.status)
            if gateway.location:
                self.send_header("Location", gateway.location)
            self.send_header("Content-Length", str(len(gateway.body)))
            self.end_headers()
            try:
                self._answer()
            except OSError:
                return

        def do_GET(self) -> None:
            self.do_POST()

        def _answer(self) -> None:
            if gateway.drips:
                for byte in gateway.body * 50:
                    self.wfile.write(bytes([byte]))
                    self.wfile.flush()
                    time.sleep(0.02)
            else:
                self.wfile.write(gateway.body[: gateway.cut_at])

        def log_message(self, *_: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    gateway.url = f"http://127.0.0.1:{server.server_address[1]}"
    worker = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    worker.start()
    try:
        yield gateway
    finally:
        server.shutdown()
        server.server_close()
