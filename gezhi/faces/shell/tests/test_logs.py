"""No code of a receipt and no signature of a photo is ever written to a log."""

import io
import logging

import pytest

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
