"""What would make production unsafe is named with what to do; a right installation is silent."""

import inspect
import os
import re
import subprocess
import sys

import pytest
from django.conf import settings as installed
from django.core import checks as django_checks
from django.test import RequestFactory

from gezhi.config import checks
from gezhi.faces.shell.login.demo import encode_demo_password
from gezhi.faces.shell.sender import sender_of
from gezhi.ground.audit import triggers
from gezhi.ground.doctor.own_files import own_files
from gezhi.kernel import clock, ownership, secrets
from gezhi.kernel.certificates import Office

# What a test run sets for itself is no part of an installation.
_OURS = ("GEZHI_", "DJANGO_")


@pytest.fixture
def right(settings, tmp_path):
    """Settings as production wants them."""
    settings.PRODUCTION = True
    settings.GEZHI_HOME = tmp_path / "home"
    settings.GEZHI_KEYS = tmp_path / "keys"
    settings.ALLOWED_HOSTS = ["gezhi.example.gov.cn"]
    settings.SECRET_KEY = "a" * 64
    settings.GEZHI_REQUIRE_TOTP = True
    settings.GEZHI_TLS = "proxy"
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    secrets.create_keys(settings.GEZHI_KEYS)
    return settings


def found(*asked):
    return [message.id for check in asked for message in check()]


def all_of_security():
    return found(checks.keys, checks.hosts, checks.secret_key, checks.sign_in, checks.encrypted)


def test_a_right_installation_is_silent(right):
    assert all_of_security() == []


WRONG = {
    "gezhi.E001": lambda s: setattr(s, "GEZHI_HOME", s.GEZHI_KEYS.parent),
    "gezhi.E002": lambda s: next(s.GEZHI_KEYS.glob("audit.*")).unlink(),
    "gezhi.E003": lambda s: next(s.GEZHI_KEYS.glob("audit.*")).chmod(0o644),
    "gezhi.E004": lambda s: setattr(s, "ALLOWED_HOSTS", ["*"]),
    "gezhi.E005": lambda s: setattr(s, "ALLOWED_HOSTS", []),
    "gezhi.E006": lambda s: setattr(s, "SECRET_KEY", ""),
    "gezhi.E007": lambda s: setattr(s, "DEBUG", True),
    "gezhi.E008": lambda s: setattr(s, "GEZHI_REQUIRE_TOTP", False),
    "gezhi.E018": lambda s: setattr(s, "GEZHI_TLS", ""),
    "gezhi.E019": lambda s: setattr(s, "SECURE_PROXY_SSL_HEADER", None),
    "gezhi.E020": lambda s: setattr(s, "GEZHI_HSTS", "for ever"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_each_fault_is_named_and_alone(right, wrong):
    WRONG[wrong](right)
    assert all_of_security() == [wrong]


@pytest.mark.parametrize("way", ["own", "plain"])
def test_the_other_two_ways_are_right_as_well(right, way):
    right.GEZHI_TLS = way
    right.SECURE_PROXY_SSL_HEADER = None
    assert all_of_security() == []


def test_a_word_that_is_no_way_is_named(right):
    right.GEZHI_TLS = "yes"
    (message,) = checks.encrypted()
    assert "GEZHI_TLS=yes" in message.msg
    assert all(
        way in str(message.hint) for way in ("GEZHI_PROXY_TLS_HEADER", "--tls", "GEZHI_TLS=plain")
    )


def test_plain_http_is_told_each_time(right):
    assert found(checks.plain) == []
    right.GEZHI_TLS = "plain"
    assert found(checks.plain) == ["gezhi.W021"]


def test_the_offices_certificates_are_closed_to_others_like_the_keys(right):
    office = Office(right.GEZHI_KEYS)
    office.keep("office", ["localhost"], now=clock.now())
    assert all_of_security() == []
    office.authority_file.chmod(0o640)
    (message,) = checks.keys()
    assert "authority.pem" in message.msg
    right.GEZHI_HOME.mkdir(mode=0o700)
    assert office.authority_file in list(own_files())


def test_without_any_key_all_are_named(right):
    right.GEZHI_KEYS = right.GEZHI_HOME.parent / "nowhere"
    (message,) = checks.keys()
    assert all(name in message.msg for name in secrets.PURPOSES)


def test_every_check_is_found_by_a_number_of_its_own():
    numbers = re.findall(r'id="gezhi\.[EW](\d{3})"', inspect.getsource(checks))
    assert len(numbers) > 10
    assert sorted(set(numbers)) == sorted(numbers)


def test_outside_production_nothing_is_asked():
    assert installed.PRODUCTION is False
    security = django_checks.run_checks(
        tags=[django_checks.Tags.security], include_deployment_checks=True
    )
    assert not [message for message in security if str(message.id).startswith("gezhi.")]


@pytest.mark.django_db
def test_a_lost_trigger_and_no_pack_are_named():
    assert found(checks.database_rules) == []
    triggers.remove()
    assert found(checks.database_rules) == ["gezhi.E009"]
    assert found(checks.packs) == ["gezhi.W012"]


def test_a_home_that_others_may_open_is_named(right):
    right.GEZHI_HOME.mkdir(mode=0o700)
    assert found(checks.files) == []
    right.GEZHI_HOME.chmod(0o755)
    (right.GEZHI_HOME / "gezhi.sqlite3").touch(0o644)
    (message,) = checks.files()
    assert "gezhi.sqlite3" in message.msg
    ownership.close_to_others(own_files())
    assert found(checks.files) == []


@pytest.mark.django_db
def test_the_people_of_a_demo_do_not_stand_in_a_production(cast, right):
    assert found(checks.no_demo) == []
    right.PRODUCTION = False
    user = cast.li.user
    user.password = encode_demo_password()
    user.save()
    assert found(checks.no_demo) == []
    right.PRODUCTION = True
    assert found(checks.no_demo) == ["gezhi.E016"]


@pytest.mark.postgres
@pytest.mark.django_db
def test_the_owners_role_is_a_warning_and_a_wrong_role_an_error(right):
    assert found(checks.database_rules) == ["gezhi.W011"]
    right.GEZHI_DATABASE_ROLE = "app"
    assert found(checks.database_rules) == ["gezhi.E010"]


@pytest.mark.django_db
def test_with_its_packs_an_installation_is_ready(packs):
    assert found(checks.packs) == []


def check_deploy(tmp_path, *options, **changes):
    own = {key: value for key, value in os.environ.items() if not key.startswith(_OURS)}
    environment = own | {
        "DJANGO_SETTINGS_MODULE": "gezhi.config.settings",
        "GEZHI_MODE": "production",
        "GEZHI_HOME": str(tmp_path / "home"),
        "GEZHI_KEYS": str(tmp_path / "keys"),
        "GEZHI_HOSTS": "gezhi.example.gov.cn",
        "GEZHI_PROXY_TLS_HEADER": "HTTP_X_FORWARDED_PROTO",
        "GEZHI_SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyz" * 2,
    }
    command = [sys.executable, "-m", "gezhi.config.entry", "check", "--deploy"]
    command += ["--fail-level", "WARNING", *options]
    return subprocess.run(
        command,
        env=environment | changes,
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_check_deploy_finds_nothing_in_a_right_production(tmp_path):
    secrets.create_keys(tmp_path / "keys")
    done = check_deploy(tmp_path)
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout
    assert "反向代理" in done.stdout


def test_check_deploy_says_which_of_the_three_ways_is_in_force(tmp_path):
    secrets.create_keys(tmp_path / "keys")
    none = check_deploy(tmp_path, GEZHI_PROXY_TLS_HEADER="")
    assert none.returncode != 0
    assert "gezhi.E018" in none.stderr
    own = check_deploy(tmp_path, "--tls", GEZHI_PROXY_TLS_HEADER="")
    assert (own.returncode, "自己做 TLS" in own.stdout) == (0, True), own.stderr
    plain = check_deploy(tmp_path, GEZHI_TLS="plain")
    assert "没有加密" in plain.stdout
    assert "gezhi.W021" in plain.stderr


def test_check_deploy_says_when_there_is_no_secret_key(tmp_path):
    secrets.create_keys(tmp_path / "keys")
    done = check_deploy(tmp_path, GEZHI_SECRET_KEY="")
    assert done.returncode != 0
    assert "gezhi.E006" in done.stderr


@pytest.mark.django_db
def test_a_proxy_nobody_declared_is_told_of():
    request = RequestFactory().get(
        "/", REMOTE_ADDR="10.0.0.5", headers={"X-Forwarded-For": "198.51.100.7"}
    )
    for _request in range(19):
        sender_of(request)
    assert found(checks.proxies) == []
    sender_of(request)
    assert found(checks.proxies) == ["gezhi.W015"]
