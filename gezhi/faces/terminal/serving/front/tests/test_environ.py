"""What a request's head becomes for Django."""

import pytest

from gezhi.faces.terminal.serving.front.environ import Unclear, environ_of
from gezhi.faces.terminal.serving.front.tests.exchanges import Request


def with_lines(*lines):
    return environ_of(Request(lines=lines))


@pytest.mark.parametrize(
    "name",
    ["x_forwarded_proto", "x_forwarded-proto", "x_forwarded_for", "remote_user", "content_length"],
)
def test_a_name_with_an_underscore_never_stands_for_the_one_with_hyphens(name):
    made = with_lines((name, "https"), ("host", "gezhi.example"))
    assert "https" not in made.values()
    assert made["HTTP_HOST"] == "gezhi.example"


def test_the_proxys_own_header_arrives():
    made = with_lines(("x_forwarded_proto", "https"), ("x-forwarded-proto", "http"))
    assert made["HTTP_X_FORWARDED_PROTO"] == "http"


def test_addresses_in_a_row_stay_in_their_order():
    made = with_lines(("x-forwarded-for", "198.51.100.1"), ("x-forwarded-for", "198.51.100.2"))
    assert made["HTTP_X_FORWARDED_FOR"] == "198.51.100.1,198.51.100.2"


def test_cookies_in_two_lines_are_two_cookies():
    assert with_lines(("cookie", "a=1"), ("cookie", "b=2"))["HTTP_COOKIE"] == "a=1; b=2"


@pytest.mark.parametrize("name", ["host", "content-length", "authorization"])
def test_two_of_what_may_come_once_are_refused(name):
    with pytest.raises(Unclear):
        with_lines((name, "1"), (name, "2"))


def test_a_client_over_ipv6_has_its_address_without_brackets():
    made = environ_of(Request(client="[2001:db8::7]:40000"))
    assert (made["REMOTE_ADDR"], made["REMOTE_PORT"]) == ("2001:db8::7", "40000")


def test_a_chinese_path_is_carried_as_its_bytes():
    made = environ_of(Request(path="/街道"))
    assert made["PATH_INFO"].encode("latin-1").decode() == "/街道"


def test_nothing_outside_can_say_that_a_body_was_refused():
    made = with_lines(("gezhi.refused", "too_large"), ("gezhi-refused", "too_large"))
    assert "gezhi.refused" not in made
