"""A list of open cases over HTTP, beside a bare Django page of the same rows.

    python -m benchmarks.lists --seconds 10 [--database sqlite]

The leader's 全部在办 of the demo street: as many lines as a page of a queue holds. The bare page
asks one statement and fills one template: no rights, rail, translation, forms, session or log-in.
The load generator takes its share of the same cores.
"""

import argparse
import subprocess
import sys
import time

from benchmarks import load, serving
from benchmarks.attack.stand import Browser

PORT = 8706
# Enough that both processes have some: the system deals them out by chance.
CONNECTIONS = 8
LEADER = "1005"
OURS, BARE = "/desk/queues/open/", "/rows"


def _measured(
    made: serving.Installation,
    process: subprocess.Popen[bytes],
    path: str,
    cookie: str,
    long: float,
) -> tuple[float, float, float]:
    """Pages a second, p95 in milliseconds, and processor milliseconds a page."""

    def ask(_which: int) -> load.Request:
        return load.Request("GET", path, b"", {"Cookie": cookie, "Host": f"127.0.0.1:{PORT}"})

    def busy() -> float:
        pids = serving.processes_under(process.pid)
        pids = [pid for pid in pids if not serving.is_background(pid)]
        if made.vendor == "postgresql":
            pids += serving.postgres_backends(made.name)
        return serving.cpu_seconds(pids)

    for seconds in (2.0, long):
        before = busy()
        found = load.run(
            host="127.0.0.1", port=PORT, make=ask, connections=CONNECTIONS, seconds=seconds
        )
    if set(found.statuses) != {200} or found.errors:
        raise SystemExit(f"{path}: {found.statuses}, {found.errors} errors")
    return found.rate, found.percentile(0.95), 1000 * (busy() - before) / found.done


def bench(vendor: str, seconds: float) -> bool:
    """Both pages of one database; whether ours reaches half of the bare one."""
    with serving.installation(vendor, street=False) as made:
        made.command("demo", "--cases", "300")
        bare = made.granian("benchmarks.plain_wsgi:application", PORT)
        try:
            serving.wait_for(f"http://127.0.0.1:{PORT}/nothing")
            floor = _measured(made, bare, BARE, "", seconds)
        finally:
            serving.stop(bare)
        ours = made.start("serve", "--host", "127.0.0.1", "--port", str(PORT), "--workers", "2")
        try:
            serving.wait_for(f"http://127.0.0.1:{PORT}/")
            browser = Browser(PORT)
            browser.log_in(LEADER)
            lines = browser.get(OURS).text.count('class="row')
            time.sleep(2)
            cookie = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
            page = _measured(made, ours, OURS, cookie, seconds)
        finally:
            serving.stop(ours)
    print(f"| {vendor}, {lines} 行 | 页/秒 | p95 毫秒 | 处理器毫秒 |\n|---|---|---|---|")
    for name, (rate, late, cpu) in (("裸 Django 页", floor), ("全部在办", page)):
        print(f"| {name} | {rate:.0f} | {late:.0f} | {cpu:.1f} |")
    print(f"比裸页：{page[0] / floor[0]:.2f}", flush=True)
    return page[0] >= floor[0] / 2


def main() -> None:
    """Print a table a database; exits with 1 when an aim is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--database", choices=["sqlite", "postgresql"], action="append")
    options = parser.parse_args()
    reached = [bench(one, options.seconds) for one in options.database or ["sqlite", "postgresql"]]
    sys.exit(0 if all(reached) else 1)


if __name__ == "__main__":
    main()
