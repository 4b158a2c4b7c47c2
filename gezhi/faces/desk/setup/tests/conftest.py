"""Browsers of the three administrators, and reading a page."""

import pytest

from gezhi.work.cases.tests.playing import Play


@pytest.fixture
def admin(client_of, cast):
    """The system administrator's browser."""
    return client_of(cast.system_administrator)


@pytest.fixture
def security(client_of, cast):
    """The security administrator's browser."""
    return client_of(cast.security_administrator)


@pytest.fixture
def auditor(client_of, cast):
    """The audit administrator's browser."""
    return client_of(cast.audit_administrator)


@pytest.fixture
def text_of():
    """The words of an answer; a redirect is followed by the test, not here."""

    def text(answer, status=200):
        assert answer.status_code == status, answer.status_code
        return answer.content.decode()

    return text


@pytest.fixture
def play(cast):
    """A case to be played with the cast."""
    return Play(cast)
