"""Runs the attacks and prints what was right; exits with 1 on a breach."""

import argparse
import atexit
import importlib
import pkgutil
import shutil
import signal
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

from benchmarks import serving
from benchmarks.attack import holes
from benchmarks.attack.stand import Finding, Stand


def attacks(only: str) -> list[ModuleType]:
    """The modules of `holes/` whose name holds this word, in the order of their names."""
    found = [
        importlib.import_module(f"{holes.__name__}.{module.name}")
        for module in pkgutil.iter_modules(holes.__path__)
    ]
    return [module for module in found if only in module.NAME]


@contextmanager
def stand(vendor: str, attack: ModuleType, port: int) -> Iterator[Stand]:
    """A demo street and its server, for one attack."""
    with serving.installation(vendor, street=False) as made:
        cases = getattr(attack, "CASES", 0)
        if cases is not None:
            made.command("demo", "--cases", str(cases))
        made.environment |= getattr(attack, "ENVIRONMENT", {})
        if getattr(attack, "PRODUCTION", False):
            made.environment |= _production(made)
        options = ["--workers", "2", *getattr(attack, "SERVE", ())]
        process = made.start("serve", "--host", "127.0.0.1", "--port", str(port), *options)
        try:
            _wait_for(port)
            standing = Stand(made, port, process.pid)
            # Every process has answered before anything is timed: the first answer of one takes
            # seconds on a busy machine.
            for _ in range(8):
                standing.browser().get("/")
            yield standing
        finally:
            serving.stop(process)


def _production(made: serving.Installation) -> dict[str, str]:
    """Settings of a production behind a proxy that tells of TLS; keys apart from the data."""
    keys = made.home.with_name(f"{made.home.name}-keys")
    (made.home / "keys").rename(keys)
    atexit.register(shutil.rmtree, keys, ignore_errors=True)
    return {
        "GEZHI_MODE": "production",
        "GEZHI_KEYS": str(keys),
        "GEZHI_HOSTS": "gezhi.example",
        "GEZHI_PROXY_TLS_HEADER": "HTTP_X_FORWARDED_PROTO",
    }


def _free_port() -> int:
    """Another server at the port would answer in place of the one that is attacked."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
    return port


def _wait_for(port: int) -> None:
    """Return once the server answers anything; TimeoutError after three minutes: a busy machine starts slowly."""
    end = time.monotonic() + 180
    while time.monotonic() < end:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
                connection.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
                if connection.recv(10):
                    return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError(f"nobody answers at port {port}")


def look(vendor: str, attack: ModuleType, port: int) -> list[Finding]:
    """What one attack found on one database; an attack that falls over is a breach too."""
    print(f"{vendor} · {attack.NAME}: {attack.DOES}\n  right: {attack.RIGHT}", flush=True)
    findings: list[Finding] = []
    try:
        with stand(vendor, attack, port) as standing:
            for finding in attack.attack(standing):
                findings.append(finding)
                print(
                    f"  {'held' if finding.right else 'BREACH'} | {finding.what} | {finding.measured}",
                    flush=True,
                )
    except Exception as error:
        findings.append(Finding("the attack itself", f"{type(error).__name__}: {error}", False))
        print(f"  BREACH | the attack itself | {type(error).__name__}: {error}", flush=True)
    return findings


def main() -> None:
    """Run them one after the other on both databases and print one table."""
    # Ended from outside, it still ends the servers it started.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="part of an attack's name")
    parser.add_argument("--database", choices=["sqlite", "postgresql"], action="append")
    parser.add_argument("--port", type=int, default=0, help="a free one where none is given")
    options = parser.parse_args()
    chosen = attacks(options.only)
    if not chosen:
        raise SystemExit(f"no attack is called {options.only!r}")
    rows = [
        (vendor, attack.NAME, finding)
        for vendor in options.database or ["sqlite", "postgresql"]
        for attack in chosen
        for finding in look(vendor, attack, options.port or _free_port())
    ]
    print("\n| attack | on | looked at | measured | |\n|---|---|---|---|---|")
    for vendor, name, finding in rows:
        held = "held" if finding.right else "**breach**"
        print(f"| {name} | {vendor} | {finding.what} | {finding.measured} | {held} |")
    sys.exit(0 if all(finding.right for _vendor, _name, finding in rows) else 1)


if __name__ == "__main__":
    main()
