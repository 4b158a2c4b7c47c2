"""No code of a receipt and no signature of a photo is ever written to a log."""

import io
import logging
import re
from typing import Any

import pytest
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

from gezhi.faces.shell.logs import WithoutCodes


@pytest.fixture
def log():
    lines = io.StringIO()
    handler = logging.StreamHandler(lines)
    handler.addFilter(WithoutCodes())
    logger = logging.getLogger("test.codes")
    logger.addHandler(handler)
    logger.propagate = False
    yield logger, lines
    logger.removeHandler(handler)
    logger.propagate = True


@pytest.mark.parametrize(
    "path",
    [
        "/r/2611230000001/4821093755261180",
        "/r/2611230000001/4821093755261180/urge",
        "/r/2611230000001/482109375526118",
        "/r/2611230000001/4821093755261180?from=scan",
        "/files/382649397378803712.thumbnail.r382649398209275904.1795298400.4821093755261180",
        "/g/4821093755261180abcdWXYZ",
        "/g/4821093755261180abcdWXYZ/photo/7?small=1",
    ],
)
def test_an_address_is_written_without_its_secret(log, path):
    logger, lines = log
    logger.warning("Not Found: %s", path)
    assert "48210937" not in lines.getvalue()
    assert "Not Found: /" in lines.getvalue()


def test_other_words_stay_as_they_are(log):
    logger, lines = log
    logger.warning("took %d ms for %s", 7, "/track")
    assert lines.getvalue() == "took 7 ms for /track\n"


# What an address calls the part of it that opens something by itself.
SECRETS = ("link", "code", "signed")


def addresses(patterns, before=""):
    for one in patterns:
        here = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from addresses(one.url_patterns, here)
        elif isinstance(one, URLPattern):
            yield here


def test_every_address_that_holds_a_secret_is_written_without_it(log):
    logger, lines = log
    secret = "4821093755261180"
    named = [
        one
        for one in addresses(get_resolver().url_patterns)
        if any(f":{name}>" in one for name in SECRETS)
    ]
    assert len(named) >= 11
    for one in named:
        path = re.sub(rf"<\w+:(?:{'|'.join(SECRETS)})>", secret, one)
        logger.warning("Not Found: /%s", re.sub(r"<[^>]+>", "7", path))
    assert secret not in lines.getvalue()


def test_the_log_of_the_server_is_cleaned_whoever_writes_it():
    handlers: Any = settings.LOGGING["handlers"]
    assert "codes" in handlers["console"]["filters"]
