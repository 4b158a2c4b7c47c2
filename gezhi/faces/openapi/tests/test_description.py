"""The committed description of the interface is what the interface says of itself."""

import json
import os
from pathlib import Path

SNAPSHOT = Path(__file__).with_name("openapi.json")


def test_the_description_is_the_committed_one(client, db):
    """Rewritten on purpose only: `GEZHI_RECORD=yes pytest gezhi/faces/openapi`, then read the diff."""
    said = client.get("/api/v1/openapi.json").json()
    if os.environ.get("GEZHI_RECORD") == "yes" and not os.environ.get("CI"):
        SNAPSHOT.write_text(json.dumps(said, ensure_ascii=False, indent=1, sort_keys=True) + "\n")
    assert said == json.loads(SNAPSHOT.read_text())


def test_only_two_deeds_are_open(client, db):
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    assert {path: sorted(methods) for path, methods in paths.items()} == {
        "/api/v1/reports": ["post"],
        "/api/v1/reports/{number}": ["get"],
    }


def test_every_status_it_gives_is_described(client, db):
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    assert {"200", "201", "400", "409", "413", "415", "422", "429", "500"} == set(
        paths["/api/v1/reports"]["post"]["responses"]
    )
    assert {"200", "404", "422", "429", "500"} == set(
        paths["/api/v1/reports/{number}"]["get"]["responses"]
    )


def test_the_page_for_people_names_every_field_and_asks_nobody_outside(client, cast):
    page = client.get("/api/v1/").content.decode()
    for name in (
        "Idempotency-Key",
        "X-Receipt-Code",
        "place.longitude",
        "contact.phone",
        "happened_at",
    ):
        assert name in page
    assert "//cdn" not in page and "https://" not in page
