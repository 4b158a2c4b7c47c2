"""Hours as people write them."""

import pytest

from gezhi.kernel.errors import Invalid
from gezhi.records.units.rules import spans_from_text, text_from_spans


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("9:00-12:00，13:00-17:00", [["09:00", "12:00"], ["13:00", "17:00"]]),
        ("９：００—１２：００、１３：００—１８：００", [["09:00", "12:00"], ["13:00", "18:00"]]),
        ("08:30 至 11:30; 14:00到17:30", [["08:30", "11:30"], ["14:00", "17:30"]]),
        ("0:00-24:00", [["00:00", "24:00"]]),
        ("", [["09:00", "12:00"], ["13:00", "17:00"]]),
    ],
)
def test_hours_are_read(text, spans):
    assert spans_from_text(text) == spans


@pytest.mark.parametrize(
    "text", ["全天", "9-12", "9:00-12:00 轮班", "25:00-26:00", "9:60-10:00", "17:00-9:00"]
)
def test_what_is_no_hours_is_refused(text):
    with pytest.raises(Invalid):
        spans_from_text(text)


def test_hours_are_written_as_they_are_read():
    spans = spans_from_text("9:00-12:00，13:30-17:00")
    assert text_from_spans(spans) == "9:00–12:00，13:30–17:00"
    assert spans_from_text(text_from_spans(spans)) == spans
