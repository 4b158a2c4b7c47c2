"""`gezhi serve --tls`: believed where the office's authority is installed, and nowhere else; a phone
that installed it keeps its offline page, which browsers allow in a secure context only.

The browser ignores nothing: the authority lies in its own store (NSS), put there as by hand.
"""

import http.client
import os
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Error, Page, sync_playwright

from gezhi.faces.terminal.serving import programs
from gezhi.faces.terminal.serving.tests.homes import prepared
from gezhi.kernel import clock
from gezhi.kernel.certificates import Certificate, Office
from tools.screenshots import ARGUMENTS, CHROMIUM

# Not this machine's own names: browsers find those safe without any TLS.
NAME = "gezhi-pc.lan"
HOSTS = ["localhost", "127.0.0.1", NAME]
_IS_KEPT = """async () => {
  if (!isSecureContext || !navigator.serviceWorker) return "no secure context";
  await navigator.serviceWorker.register("/offline-worker.js");
  const late = new Promise((done) => setTimeout(() => done("not kept in a minute"), 60000));
  return Promise.race([navigator.serviceWorker.ready.then(() => "kept"), late]);
}"""


@dataclass(frozen=True)
class Served:
    """A real server, its ports, and its office."""

    process: "subprocess.Popen[str]"
    port: int
    plain_port: int
    office: Office
    told: list[str]

    @property
    def authority(self) -> Certificate:
        found = self.office.authority()
        assert found
        return found

    @property
    def trusting(self) -> ssl.SSLContext:
        """What somebody believes who installed the authority."""
        return ssl.create_default_context(cafile=self.office.authority_file)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One server for all of these tests: it takes many seconds to come up."""
    home = tmp_path_factory.mktemp("home")
    environment = {
        key: value for key, value in os.environ.items() if not key.startswith(("GEZHI_", "DJANGO_"))
    } | {
        "DJANGO_SETTINGS_MODULE": "gezhi.config.settings_test",
        "GEZHI_HOME": str(home),
        "GEZHI_HOSTS": ",".join(HOSTS),
        "PYTHONUNBUFFERED": "1",
    }
    prepared(environment, static=True)
    port, plain_port = _free_ports()
    command = [sys.executable, "-m", "gezhi.config.entry", "serve", "--tls", "--workers", "1"]
    command += ["--port", str(port), "--redirect-port", str(plain_port)]
    command += ["--job-workers", "0", "--no-beat"]
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            told = _told_until_started(process)
            _until(lambda: programs.answers("127.0.0.1", plain_port))
            yield Served(process, port, plain_port, Office(home / "keys"), told)
        finally:
            process.terminate()
            _, errors = process.communicate(timeout=60)
    assert process.returncode == 0, errors
    assert "Traceback" not in errors
    assert programs.is_free("127.0.0.1", port)
    assert programs.is_free("127.0.0.1", plain_port)


def _free_ports() -> tuple[int, int]:
    with socket.socket() as one, socket.socket() as other:
        one.bind(("127.0.0.1", 0))
        other.bind(("127.0.0.1", 0))
        return one.getsockname()[1], other.getsockname()[1]


def _told_until_started(process: "subprocess.Popen[str]") -> list[str]:
    assert process.stdout
    assert process.stderr
    told: list[str] = []
    while not told or "已启动" not in told[-1]:
        told.append(process.stdout.readline())
        assert told[-1], process.stderr.read()
    return told


def _until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 90
    while not condition():
        assert time.monotonic() < end, "waited ninety seconds"
        time.sleep(0.2)


def _asked(
    port: int, path: str, context: ssl.SSLContext | None, method: str = "GET"
) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body over TLS; over plain HTTP without a context."""
    connection = (
        http.client.HTTPSConnection("localhost", port, timeout=30, context=context)
        if context
        else http.client.HTTPConnection("localhost", port, timeout=30)
    )
    with closing(connection):
        connection.request(method, path)
        response = connection.getresponse()
        return response.status, dict(response.headers), response.read()


def _serial(served: Served) -> object:
    """Of the certificate that is being shown."""
    with (
        socket.create_connection(("127.0.0.1", served.port), timeout=30) as bare,
        served.trusting.wrap_socket(bare, server_hostname="localhost") as connection,
    ):
        shown = connection.getpeercert()
        assert shown
        return shown["serialNumber"]


def test_on_start_it_tells_the_address_and_the_fingerprint(served: Served) -> None:
    told = "".join(served.told)
    assert f"https://127.0.0.1:{served.port}/" in told
    assert f":{served.plain_port}/install-certificate" in told
    assert served.authority.sha256 in told


def test_whoever_installed_the_authority_is_served(served: Served) -> None:
    assert _asked(served.port, "/files/forged", served.trusting)[0] == 404


def test_whoever_did_not_is_not(served: Served) -> None:
    with pytest.raises(ssl.SSLCertVerificationError):
        _asked(served.port, "/", ssl.create_default_context())


def test_phones_from_before_android_10_are_served(served: Served) -> None:
    old = served.trusting
    old.maximum_version = ssl.TLSVersion.TLSv1_2
    assert _asked(served.port, "/files/forged", old)[0] == 404


def test_the_tls_port_says_nothing_in_clear(served: Served) -> None:
    with pytest.raises((http.client.HTTPException, OSError)):
        _asked(served.port, "/", None)


def test_the_plain_port_leads_to_tls_and_takes_no_words(served: Served) -> None:
    status, headers, _body = _asked(served.plain_port, "/desk/?a=1", None)
    assert status == 302
    assert headers["location"] == f"https://localhost:{served.port}/desk/?a=1"
    assert _asked(served.plain_port, "/login/", None, "POST")[0] == 403


def test_the_plain_port_gives_out_the_authority(served: Served) -> None:
    status, _headers, body = _asked(served.plain_port, "/install-certificate/gezhi.crt", None)
    assert (status, body) == (200, served.authority.der())


@contextmanager
def _phone(home: Path) -> Iterator[Page]:
    """A browser of its own home; the office's name leads to this machine, nothing else is changed."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=[*ARGUMENTS, f"--host-resolver-rules=MAP {NAME} 127.0.0.1"],
            env={**os.environ, "HOME": str(home)},
        )
        page = browser.new_context(viewport={"width": 360, "height": 780}).new_page()
        page.set_default_timeout(120_000)
        yield page
        browser.close()


def test_a_phone_that_installed_the_authority_keeps_its_offline_page(
    served: Served, tmp_path: Path
) -> None:
    (tmp_path / "gezhi.crt").write_bytes(served.authority.der())
    subprocess.run(
        [sys.executable, "-m", "tests.journeys.trusting", tmp_path, tmp_path / "gezhi.crt"],
        check=True,
    )
    with _phone(tmp_path) as page:
        page.goto(f"https://{NAME}:{served.port}/offline")
        assert page.evaluate(_IS_KEPT) == "kept"
        # The worker begins to answer for a page with the next that is opened.
        page.reload()
        page.context.set_offline(True)
        page.goto(f"https://{NAME}:{served.port}/track")
        assert "没有网络" in page.inner_text("body")


def test_a_phone_that_did_not_opens_the_page_that_installs_it_and_nothing_else(
    served: Served, tmp_path: Path
) -> None:
    with _phone(tmp_path) as page:
        with pytest.raises(Error, match="ERR_CERT_AUTHORITY_INVALID"):
            page.goto(f"https://{NAME}:{served.port}/offline")
        # A tab of its own: the browser may still be on its way to the error page in the first.
        page = page.context.new_page()
        page.goto(f"http://{NAME}:{served.plain_port}/install-certificate")
        assert served.authority.sha256.split() == page.locator(".groups").first.inner_text().split()
        assert page.evaluate(_IS_KEPT) == "no secure context"


def test_a_renewed_certificate_is_taken_by_the_running_server(served: Served) -> None:
    """What the supervisor does when one is due: the file is replaced, granian is told. (The one of
    next year would not be believed yet: it is replaced in turn by one of now.)"""
    before = _serial(served)
    authority = served.authority.sha256
    served.office.keep("", HOSTS, now=clock.now() + timedelta(days=300))
    assert served.office.keep("", HOSTS, now=clock.now()).made
    os.kill(_granian_with_tls(served.process.pid), signal.SIGHUP)
    _until(lambda: _serial(served) != before)
    assert _asked(served.port, "/files/forged", served.trusting)[0] == 404
    assert served.authority.sha256 == authority


def _granian_with_tls(supervisor: int) -> int:
    children = Path(f"/proc/{supervisor}/task/{supervisor}/children").read_text().split()
    (found,) = [
        int(child)
        for child in children
        if b"--ssl-certificate" in Path(f"/proc/{child}/cmdline").read_bytes()
    ]
    return found
