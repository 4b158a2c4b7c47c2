"""A word in the environment that nobody knows stops every command with one sentence."""

import os
import subprocess
import sys

import pytest

from gezhi.config.environment import first_fault

RIGHT = {
    "GEZHI_MODE": "production",
    "GEZHI_NODE": "7",
    "GEZHI_PROXIES": "1",
    "GEZHI_THREADS": "4",
    "GEZHI_REQUIRE_TOTP": "no",
    "GEZHI_KNOWN_ADDRESSES": "10.0.0.5, 10.1.0.0/16,fd00::1",
    "GEZHI_DATABASE": "postgresql://gezhi@127.0.0.1:5432/gezhi",
}


def _in(tmp_path, **other):
    return {"GEZHI_HOME": str(tmp_path / "home"), **RIGHT, **other}


def test_a_right_environment_is_silent_and_makes_no_folder(tmp_path):
    assert first_fault(_in(tmp_path)) == ""
    assert first_fault({"GEZHI_HOME": str(tmp_path)}) == ""
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize(
    ("name", "value", "right"),
    [
        ("GEZHI_MODE", "Production", "production"),
        ("GEZHI_MODE", "prod", "production"),
        ("GEZHI_MODE", "", "production"),
        ("GEZHI_NODE", "9", "0 到 7"),
        ("GEZHI_NODE", "-1", "0 到 7"),
        ("GEZHI_NODE", "a", "0 到 7"),
        ("GEZHI_PROXIES", "abc", "几层代理"),
        ("GEZHI_PROXIES", "１", "几层代理"),
        ("GEZHI_THREADS", "0", "1 到 64"),
        ("GEZHI_REQUIRE_TOTP", "Yes", "yes 或 no"),
        ("GEZHI_KNOWN_ADDRESSES", "abc", "IP 地址或网段"),
        ("GEZHI_KNOWN_ADDRESSES", "10.0.0.5,10.0.0.999", "IP 地址或网段"),
        ("GEZHI_DATABASE", "mysql://x", "postgresql://"),
        ("GEZHI_DATABASE", "postgresql://gezhi@127.0.0.1:port/gezhi", "postgresql://"),
        ("GEZHI_HOME", "/proc/nope", "建不了"),
        ("GEZHI_KEYS", "/proc/nope/keys", "建不了"),
    ],
)
def test_what_nobody_knows_is_named_with_what_it_may_be(tmp_path, name, value, right):
    fault = first_fault(_in(tmp_path, **{name: value}))
    assert fault.startswith(name) and right in fault and "\n" not in fault


def test_the_address_of_a_database_is_not_said_again(tmp_path):
    secret = "mysql://gezhi:secret@127.0.0.1/gezhi"
    assert "secret" not in first_fault(_in(tmp_path, GEZHI_DATABASE=secret))


def test_every_command_stops_with_the_sentence(tmp_path):
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("GEZHI_")
    }
    environment |= {"GEZHI_MODE": "prod", "GEZHI_HOME": str(tmp_path)}
    environment["DJANGO_SETTINGS_MODULE"] = "gezhi.config.settings"
    for arguments in (["help"], ["serve"], ["check", "--deploy"]):
        ran = subprocess.run(
            [sys.executable, "-m", "gezhi.config.entry", *arguments],
            env=environment, capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        assert ran.returncode == 1 and ran.stdout == ""
        assert ran.stderr.startswith("GEZHI_MODE=prod 不对") and ran.stderr.count("\n") == 1
