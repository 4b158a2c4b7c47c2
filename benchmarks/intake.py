"""`make bench`: intake over HTTP, JSON and form, on SQLite and PostgreSQL, beside a plain view.

Eight connections against a real server with two workers on this machine; the load generator takes
its share of the same cores. CPU per report counts the web workers and, on PostgreSQL, the server's
backends; what the job worker does for it meanwhile (announcing it) stands beside it as "later".
"""

import argparse
import http.client
import json
import re
import subprocess
import sys
import threading
import time
import urllib.parse
import uuid
from collections.abc import Callable

from benchmarks import load, serving

PORT = 8701
CONNECTIONS = 8
TEXT = "单元门口堆了两袋建筑垃圾，三天没人清，老人出门绊了一下，麻烦来看看"


def _json(which: int) -> load.Request:
    body = {
        "text": TEXT,
        "place": {
            "longitude": 104.0851 + which * 0.0001,
            "latitude": 30.6402,
            "words": "3栋2单元门口",
        },
        "contact": {"name": "陈女士", "phone": "13812345678"},
    }
    headers = {"Content-Type": "application/json", "Idempotency-Key": str(uuid.uuid4())}
    headers |= serving.somebody()
    return load.Request("POST", "/api/v1/reports", json.dumps(body).encode(), headers)


def _form_maker(port: int) -> Callable[[int], load.Request]:
    """Each connection opens the page once and sends the form again with fresh keys."""
    sessions: dict[int, tuple[str, str]] = {}
    lock = threading.Lock()

    def make(which: int) -> load.Request:
        with lock:
            known = sessions.get(which)
        if known is None:
            connection = http.client.HTTPConnection("127.0.0.1", port)
            connection.request("GET", "/")
            response = connection.getresponse()
            page = response.read().decode()
            cookie = (response.getheader("Set-Cookie") or "").split(";")[0]
            token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
            known = (cookie, token.group(1) if token else "")
            with lock:
                sessions[which] = known
        cookie, token_value = known
        fields = {
            "csrfmiddlewaretoken": token_value,
            "deed_key": str(uuid.uuid4()),
            "text": TEXT,
            "longitude": "104.0851",
            "latitude": "30.6402",
            "place_words": "3栋2单元门口",
            "name": "陈女士",
            "phone": "13812345678",
        }
        return load.Request(
            "POST",
            "/",
            urllib.parse.urlencode(fields).encode(),
            {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie}
            | serving.somebody(),
        )

    return make


def _measure(
    name: str,
    made: serving.Installation,
    process: subprocess.Popen[bytes],
    make: Callable[[int], load.Request],
    seconds: float,
) -> dict[str, object]:
    load.run(host="127.0.0.1", port=PORT, make=make, connections=CONNECTIONS, seconds=2)

    def pids() -> list[int]:
        extra = serving.postgres_backends(made.name) if made.vendor == "postgresql" else []
        return serving.processes_under(process.pid) + extra

    def background() -> list[int]:
        """The job worker and beat: what may wait, at a lower priority."""
        found = [pid for pid in serving.processes_under(process.pid) if serving.is_background(pid)]
        if made.vendor == "postgresql":
            found += serving.postgres_backends(made.name, background=True)
        return found

    before, counted = serving.cpu_seconds(pids()), pids()
    waiting_before, waiting = serving.cpu_seconds(background()), background()
    measured = load.run(
        host="127.0.0.1", port=PORT, make=make, connections=CONNECTIONS, seconds=seconds
    )
    later = serving.cpu_seconds(waiting) - waiting_before
    cpu = serving.cpu_seconds(counted) - before - later
    row: dict[str, object] = {
        "what": name,
        "requests/s": round(measured.rate),
        "p50 ms": round(measured.percentile(0.5), 1),
        "p99 ms": round(measured.percentile(0.99), 1),
        "CPU ms": round(1000 * cpu / max(1, measured.done), 2),
        "later CPU ms": round(1000 * later / max(1, measured.done), 2),
        "statuses": measured.statuses,
        "errors": measured.errors,
    }
    print(f"  {row}", flush=True)
    if set(measured.statuses) - {200, 201, 303} or measured.errors:
        raise SystemExit(f"{name}: not every request was acknowledged: {measured.statuses}")
    return row


def bench(vendor: str, seconds: float) -> list[dict[str, object]]:
    """All rows of one database."""
    print(vendor, flush=True)
    rows = []
    with serving.installation(vendor) as made:
        address = f"http://127.0.0.1:{PORT}"
        plain = made.granian("benchmarks.plain_wsgi:application", PORT)
        try:
            serving.wait_for(f"{address}/nothing")
            rows.append(_measure(f"{vendor} plain view", made, plain, _json, seconds))
        finally:
            serving.stop(plain)
        ours = made.start("serve", "--host", "127.0.0.1", "--port", str(PORT), "--workers", "2")
        try:
            serving.wait_for(f"{address}/")
            time.sleep(2)
            rows.append(_measure(f"{vendor} JSON", made, ours, _json, seconds))
            rows.append(_measure(f"{vendor} form", made, ours, _form_maker(PORT), seconds))
        finally:
            serving.stop(ours)
    return rows


def main() -> None:
    """Print a table for BENCHMARKS.md; exits with 1 when an aim is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=8)
    parser.add_argument("--database", choices=["sqlite", "postgresql"], action="append")
    options = parser.parse_args()
    missed = []
    table = []
    for vendor in options.database or ["sqlite", "postgresql"]:
        rows = bench(vendor, options.seconds)
        table += rows
        floor = float(str(rows[0]["requests/s"]))
        for row in rows[1:]:
            share = float(str(row["requests/s"])) / floor
            row["of plain"] = round(share, 2)
            if share < 0.5:
                missed.append(f"{row['what']}: {share:.2f} of the plain view, aim 0.5")
            if float(str(row["CPU ms"])) > 4:
                missed.append(f"{row['what']}: {row['CPU ms']} ms CPU, aim 4")
            if vendor == "sqlite" and float(str(row["p99 ms"])) > 50:
                missed.append(f"{row['what']}: p99 {row['p99 ms']} ms, aim 50")
    columns = ["what", "requests/s", "of plain", "p50 ms", "p99 ms", "CPU ms", "later CPU ms"]
    print("| " + " | ".join(columns) + " |\n|" + "---|" * len(columns))
    for row in table:
        print("| " + " | ".join(str(row.get(column, "")) for column in columns) + " |")
    for line in missed:
        print(f"missed: {line}")
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
