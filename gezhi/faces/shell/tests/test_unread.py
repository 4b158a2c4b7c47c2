"""What was too large or too slow to be read is answered like everything else."""

import pytest
from django.test import Client

from gezhi.faces.shell.bodies import PHOTOS_BYTES, PLAIN_BYTES, most_bytes

pytestmark = pytest.mark.django_db
STATUS = {"too_large": 413, "too_slow": 408, "length_required": 411}


def post(client, path, *, reason, **named):
    """What the front hands on when it did not read the body."""
    return client.post(path, **named, **{"gezhi.refused": reason})


@pytest.mark.parametrize(("reason", "status"), STATUS.items())
def test_a_resident_reads_in_a_page_what_to_do(reason, status):
    response = post(Client(), "/", reason=reason)
    assert response.status_code == status
    assert "没有收下" in response.text
    assert response.headers["Content-Security-Policy"]


def test_who_reads_english_reads_it_in_english(settings):
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    response = post(client, "/", reason="too_large")
    assert "too large" in response.text
    assert "收下" not in response.text.split("<main")[1].split("</main>")[0]


@pytest.mark.parametrize(("reason", "status"), STATUS.items())
def test_a_program_gets_the_shape_it_knows(reason, status):
    response = post(Client(), "/api/v1/reports", reason=reason, headers={"Accept-Language": "en"})
    assert response.status_code == status
    assert response.json()["code"]
    assert response.json()["errors"] == []
    assert response.json()["message"].isascii()


def test_a_header_cannot_say_that_nothing_was_read():
    response = Client().get("/login/", headers={"gezhi.refused": "too_large", "Gezhi-Refused": "x"})
    assert response.status_code == 200


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/", PHOTOS_BYTES),
        ("/r/1/2/add", PHOTOS_BYTES),
        ("/r/1/2/urge", PLAIN_BYTES),
        ("/pocket/report/", PHOTOS_BYTES),
        ("/pocket/cases/1/check/", PHOTOS_BYTES),
        ("/desk/cases/1/finish/", 2 * PHOTOS_BYTES),
        ("/desk/setup/areas/borders/", 20_000_000 + PLAIN_BYTES),
        ("/desk/sheets/staff/", 5_000_000 + PLAIN_BYTES),
        ("/login/", PLAIN_BYTES),
        ("/api/v1/reports", PLAIN_BYTES),
        ("/nowhere", PLAIN_BYTES),
    ],
)
def test_each_address_reads_what_its_form_can_bring(path, most):
    assert most_bytes(path) == most
