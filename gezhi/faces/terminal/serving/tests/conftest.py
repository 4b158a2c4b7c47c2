"""Homes and ports for servers that are really started."""

import os
import socket

import pytest

# What a test run sets for itself is no part of an installation.
_OURS = ("GEZHI_", "DJANGO_")


@pytest.fixture
def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


@pytest.fixture
def environment(tmp_path):
    """A home of its own on SQLite, whatever database the tests use."""
    own = {key: value for key, value in os.environ.items() if not key.startswith(_OURS)}
    return own | {
        "DJANGO_SETTINGS_MODULE": "gezhi.config.settings_test",
        "GEZHI_HOME": str(tmp_path),
        "PYTHONUNBUFFERED": "1",
    }
