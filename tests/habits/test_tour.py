"""The ten addresses of docs/developer/tour.md lead where the table says."""

import inspect
import re

import pytest
from django.urls import resolve

from tests.habits.source import ROOT, text, tree

_ROW = re.compile(r"^\| `(/[^`]*)` \| `([^`]+)` \| `([^`]+)` \| `([^`]+)` \|$", re.MULTILINE)
ROWS = _ROW.findall(text("docs/developer/tour.md"))


def _defined(place: str) -> bool:
    """Whether `folder/file.py: name` is a function there."""
    path, name = place.split(": ")
    return any(getattr(node, "name", "") == name for node in tree(f"gezhi/{path}").body)


def test_ten_addresses_are_walked():
    assert len(ROWS) == 10


@pytest.mark.parametrize(("address", "page", "below", "tests"), ROWS)
def test_the_address_leads_to_its_page_and_on(address, page, below, tests):
    view = inspect.unwrap(resolve(address).func)
    found = f"{view.__module__.removeprefix('gezhi.').replace('.', '/')}.py: {view.__name__}"
    assert found == page, f"{address} 到的是 {found}"
    assert _defined(page) and _defined(below)
    assert (ROOT / "gezhi" / tests).is_file()


def test_a_wrong_row_is_found():
    assert not _defined("faces/desk/jobs/failed.py: nobody")
