"""The command lines of the programs that `gezhi serve` keeps running."""

import errno
import os
import resource
import socket
import sys
from pathlib import Path

from gezhi.faces.terminal.serving.supervisor import Child

# Seconds in which the head of a request must have come; a connection without one is closed.
HEAD_SECONDS = 15
# Connections a process holds at once, whatever they do, and those that wait to be taken up.
CONNECTIONS = 4096
BACKLOG = 2048
# Seconds a new process has to come up, when certificates are renewed, before the old one ends.
OVERLAP = 20


def cores() -> int:
    """Processor cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def web(host: str, port: int, workers: int, tls: tuple[Path, Path] | None = None) -> Child:
    """Granian with our front, which reads requests and keeps the threads (`config.rsgi`).

    `tls`: the files of certificate and key. Heads must come within `HEAD_SECONDS`, which ends idle
    connections as well. HTTP/2 is a proxy's business: spoken here it would only be another way to
    keep a process busy.
    """
    command = [
        *(sys.executable, "-m", "granian", "--interface", "rsgi", "--http", "1"),
        *("--host", host, "--port", str(port)),
        *("--workers", str(workers)),
        *("--backlog", str(BACKLOG), "--backpressure", str(CONNECTIONS)),
        *("--http1-header-read-timeout", str(1000 * HEAD_SECONDS)),
        *("--respawn-failed-workers", "--workers-kill-timeout", "20"),
        *("--no-ws", "--log-level", "error"),
        *(_tls_options(*tls) if tls else ()),
        "gezhi.config.rsgi:application",
    ]
    return Child("web", command)


def to_tls(host: str, port: int) -> Child:
    """The plain port beside TLS: it leads to TLS, and opens the page that installs the authority."""
    child = web(host, port, 1)
    child.name = "plain port"
    return child


def _tls_options(certificate: Path, key: Path) -> tuple[str, ...]:
    # Phones from before Android 10, and the web views of their time, speak no TLS 1.3.
    files = ("--ssl-certificate", str(certificate), "--ssl-keyfile", str(key))
    return (*files, "--ssl-protocol-min", "tls1.2", "--respawn-interval", str(OVERLAP))


def may_open(files: int) -> None:
    """Let this process and its children have so many files and connections open, or as many as
    the system allows."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = files if hard == resource.RLIM_INFINITY else min(files, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def ours(name: str, deed: str, *options: str) -> Child:
    """One of our own commands as a child: `worker`, `beat`."""
    return Child(name, [sys.executable, "-m", "gezhi.config.entry", deed, *options])


def refusal_to_listen(host: str, port: int) -> int:
    """The number of the error (`errno`) why no server can listen there; 0 when one can."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
        except OSError as error:
            return error.errno or errno.EADDRNOTAVAIL
    return 0


def is_free(host: str, port: int) -> bool:
    """Whether a server can listen there."""
    return not refusal_to_listen(host, port)


def is_near(host: str) -> bool:
    """Whether only this machine can reach a server that listens there."""
    return host in {"localhost", "::1"} or host.startswith("127.")


def answers(host: str, port: int) -> bool:
    """Whether somebody listens there now."""
    near = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 — compared only
    try:
        with socket.create_connection((near, port), timeout=1):
            return True
    except OSError:
        return False
