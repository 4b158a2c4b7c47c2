"""Runs the attacks and prints what was right; exits with 1 on a breach."""

import argparse
import importlib
import pkgutil
import sys
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
        made.command("demo", "--cases", str(getattr(attack, "CASES", 0)))
        made.environment |= getattr(attack, "ENVIRONMENT", {})
        options = ["--workers", "2", *getattr(attack, "SERVE", ())]
        process = made.start("serve", "--host", "127.0.0.1", "--port", str(port), *options)
        try:
            serving.wait_for(f"http://127.0.0.1:{port}/")
            yield Stand(made, port, process.pid)
        finally:
            serving.stop(process)


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
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="part of an attack's name")
    parser.add_argument("--database", choices=["sqlite", "postgresql"], action="append")
    parser.add_argument("--port", type=int, default=8703)
    options = parser.parse_args()
    chosen = attacks(options.only)
    if not chosen:
        raise SystemExit(f"no attack is called {options.only!r}")
    rows = [
        (vendor, attack.NAME, finding)
        for vendor in options.database or ["sqlite", "postgresql"]
        for attack in chosen
        for finding in look(vendor, attack, options.port)
    ]
    print("\n| attack | on | looked at | measured | |\n|---|---|---|---|---|")
    for vendor, name, finding in rows:
        held = "held" if finding.right else "**breach**"
        print(f"| {name} | {vendor} | {finding.what} | {finding.measured} | {held} |")
    sys.exit(0 if all(finding.right for _vendor, _name, finding in rows) else 1)


if __name__ == "__main__":
    main()
