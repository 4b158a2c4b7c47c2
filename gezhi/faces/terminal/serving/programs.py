"""The command lines of the programs that `gezhi serve` keeps running."""

import os
import socket
import sys

from gezhi.faces.terminal.serving.supervisor import Child


def cores() -> int:
    """Processor cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def web(host: str, port: int, workers: int) -> Child:
    """Granian with one blocking thread a worker: threads would only wait for each other (the
    interpreter's lock, and on SQLite the writers' turn)."""
    command = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi"),
        *("--host", host, "--port", str(port)),
        *("--workers", str(workers), "--blocking-threads", "1"),
        *("--respawn-failed-workers", "--workers-kill-timeout", "20"),
        *("--no-ws", "--log-level", "error"),
        "gezhi.config.wsgi:application",
    ]
    return Child("web", command)


def ours(name: str, deed: str, *options: str) -> Child:
    """One of our own commands as a child: `worker`, `beat`."""
    return Child(name, [sys.executable, "-m", "gezhi.config.entry", deed, *options])


def is_free(host: str, port: int) -> bool:
    """Whether a server can listen there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
        except OSError:
            return False
    return True


def answers(host: str, port: int) -> bool:
    """Whether somebody listens there now."""
    near = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 — compared only
    try:
        with socket.create_connection((near, port), timeout=1):
            return True
    except OSError:
        return False
