"""What must be right before an installation is used in earnest: `gezhi check --deploy`.

Errors forbid `gezhi serve` in production. Outside production only what would surprise there too is
looked at. Ids are stable: they are what people search for.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection

from gezhi.config import encryption
from gezhi.faces.shell.login.demo import has_demo_accounts
from gezhi.faces.shell.sender import hides_senders
from gezhi.ground.audit import grants, keymarks, triggers
from gezhi.ground.codes.models import Pack
from gezhi.ground.doctor.own_files import own_files
from gezhi.ground.notices.outgoing.channels import faults as notice_faults
from gezhi.kernel import certificates, ownership, secrets

CheckMessages = list[checks.CheckMessage]


def register() -> None:
    """Register all of them; called once when the applications are ready."""
    for check in (keys, files, hosts, secret_key, sign_in, encrypted):
        checks.register(_in_production(check), checks.Tags.security, deploy=True)
    checks.register(_unless_tested(plain), checks.Tags.security)
    # Keys that do not fit the data are wrong everywhere, and for every command.
    checks.register(_unless_tested(key_marks), checks.Tags.security)
    checks.register(_unless_tested(channels), checks.Tags.security)
    for check in (database_rules, packs, no_demo, proxies):
        checks.register(_of_database(check), checks.Tags.database, deploy=True)


def keys() -> Iterator[checks.CheckMessage]:
    """The keys are all there, are their owner's alone, and lie apart from the data."""
    folder = Path(settings.GEZHI_KEYS)
    if folder.is_relative_to(settings.GEZHI_HOME):
        yield checks.Error(
            "GEZHI_KEYS lies inside GEZHI_HOME.",
            hint="Put the keys on another disk and set GEZHI_KEYS: a copy of the data must not "
            "bring its keys along.",
            id="gezhi.E001",
        )
    missing = _missing_keys(folder)
    if missing:
        yield checks.Error(
            f"Keys are missing: {', '.join(missing)}.",
            hint="A new installation makes them with `gezhi prepare`; an old one gets its key "
            "files put back.",
            id="gezhi.E002",
        )
    exposed = (*secrets.exposed(folder), *secrets.exposed(folder / certificates.FOLDER, "*"))
    if exposed:
        yield checks.Error(
            f"Key files can be read by others than their owner: {', '.join(exposed)}.",
            hint="chmod 600 them, and chmod 700 their folder.",
            id="gezhi.E003",
        )


def key_marks() -> Iterator[checks.CheckMessage]:
    """The keys are those the data were sealed with."""
    for fault in keymarks.faults(settings.GEZHI_KEYS):
        yield checks.Error(
            fault,
            hint="Put the key files back; see docs/operator/running.md. No command makes new ones.",
            id="gezhi.E014",
        )


def files() -> Iterator[checks.CheckMessage]:
    """Database, photos and whatever else lies at home are their owner's alone."""
    exposed = ownership.open_to_others(own_files())
    if exposed:
        yield checks.Warning(
            f"Others on this machine may open: {', '.join(map(str, exposed))}.",
            hint="`gezhi prepare` closes them; or chmod go-rwx.",
            id="gezhi.W017",
        )


def no_demo() -> Iterator[checks.CheckMessage]:
    """Made-up people with a published password do not stand in a production."""
    if settings.PRODUCTION and has_demo_accounts():
        yield checks.Error(
            "The database holds the accounts of the demo, whose password is published.",
            hint="Begin an own street in an empty database: GEZHI_HOME elsewhere, `gezhi setup`.",
            id="gezhi.E016",
        )


def channels() -> Iterator[checks.CheckMessage]:
    """The file that says where messages go can be used, and is its owner's alone."""
    for fault in notice_faults():
        yield checks.Warning(fault, hint="docs/operator/sending.md", id="gezhi.W022")


def hosts() -> Iterator[checks.CheckMessage]:
    """The names the installation answers to are told one by one."""
    if any("*" in host for host in settings.ALLOWED_HOSTS):
        yield checks.Error(
            "GEZHI_HOSTS allows any host name.",
            hint="Name them: GEZHI_HOSTS=gezhi.example.gov.cn",
            id="gezhi.E004",
        )
    if not settings.ALLOWED_HOSTS:
        yield checks.Error(
            "GEZHI_HOSTS is empty: no request would be answered.",
            hint="Name the hosts: GEZHI_HOSTS=gezhi.example.gov.cn",
            id="gezhi.E005",
        )


def secret_key() -> Iterator[checks.CheckMessage]:
    """Sessions are signed with a key that exists, and pages of errors tell nothing."""
    try:
        present = len(settings.SECRET_KEY) >= 50
    except ImproperlyConfigured:
        present = False
    if not present:
        yield checks.Error(
            "The key of sessions is missing or shorter than 50 signs.",
            hint="`gezhi prepare` makes django.key in GEZHI_KEYS; or set "
            "GEZHI_SECRET_KEY to 64 random signs.",
            id="gezhi.E006",
        )
    if settings.DEBUG:
        yield checks.Error("DEBUG is on.", hint="Never in production.", id="gezhi.E007")


def encrypted() -> Iterator[checks.CheckMessage]:
    """One of the three ways was chosen, and whole."""
    way = settings.GEZHI_TLS
    if way not in encryption.WAYS:
        said = f"GEZHI_TLS={way} is none of them." if way else "None was chosen."
        yield checks.Error(
            f"Nobody encrypts what browsers send. {said}",
            hint="Three ways: a proxy in front that does TLS (GEZHI_PROXY_TLS_HEADER), "
            "`gezhi serve --tls` (GEZHI_TLS=own, or `gezhi check --deploy --tls`), or plain HTTP on "
            "purpose (GEZHI_TLS=plain). See docs/operator/running.md.",
            id="gezhi.E018",
        )
    if way == encryption.PROXY and not getattr(settings, "SECURE_PROXY_SSL_HEADER", None):
        yield checks.Error(
            "A proxy does TLS, but by which header it tells of it was not said: every page would "
            "be led to itself.",
            hint="Set GEZHI_PROXY_TLS_HEADER, for instance HTTP_X_FORWARDED_PROTO.",
            id="gezhi.E019",
        )
    if settings.GEZHI_HSTS not in encryption.HSTS_WORDS:
        yield checks.Error(
            f"GEZHI_HSTS={settings.GEZHI_HSTS} is no word for how long browsers are bound.",
            hint="no, host, subdomains or preload; without it TLS at port 443 binds this name alone.",
            id="gezhi.E020",
        )


def plain() -> Iterator[checks.CheckMessage]:
    """Whoever chose plain HTTP is told each time."""
    if settings.GEZHI_TLS == encryption.PLAIN:
        yield checks.Warning(
            "Passwords, phones and reports travel in clear (GEZHI_TLS=plain).",
            hint="For a trial with made-up cases in a closed network; else one of the other two "
            "ways in docs/operator/running.md.",
            id="gezhi.W021",
        )


def sign_in() -> Iterator[checks.CheckMessage]:
    """Staff need a second factor (GB/T 22239 8.1.4.1)."""
    if not settings.GEZHI_REQUIRE_TOTP:
        yield checks.Error(
            "Staff log in without a second factor.",
            hint="Take GEZHI_REQUIRE_TOTP=no out of the environment.",
            id="gezhi.E008",
        )


def database_rules() -> Iterator[checks.CheckMessage]:
    """Triggers are there, and on PostgreSQL the role in use cannot change the trail."""
    gone = triggers.missing()
    if gone:
        yield checks.Error(
            f"The database lacks triggers: {', '.join(gone)}.",
            hint="`gezhi migrate` installs them (as the owner of the tables).",
            id="gezhi.E009",
        )
    excess = grants.excess() if settings.PRODUCTION else ()
    if excess and settings.GEZHI_DATABASE_ROLE:
        yield checks.Error(
            f"The database role in use may change the trail: {', '.join(excess)}.",
            hint="Run what `gezhi audit grants` prints as the owner, and log in as "
            "GEZHI_DATABASE_ROLE.",
            id="gezhi.E010",
        )
    elif excess:
        yield checks.Warning(
            "The application uses the owner's database role, which may change the trail.",
            hint="Make a role for it, set GEZHI_DATABASE_ROLE, and run what `gezhi audit grants` "
            "prints.",
            id="gezhi.W011",
        )


def packs() -> Iterator[checks.CheckMessage]:
    """Some pack is in force: without codes and limits no report can be taken."""
    if not Pack.objects.filter(in_force=True).exists():
        yield checks.Warning(
            "No pack of codes is in force.",
            hint="`gezhi prepare` imports those under packs/; or `gezhi pack import NAME`.",
            id="gezhi.W012",
        )


def proxies() -> Iterator[checks.CheckMessage]:
    """Every proxy in front is declared: else everybody has its address."""
    if hides_senders():
        yield checks.Warning(
            "Requests come through a proxy that GEZHI_PROXIES does not tell of.",
            hint="Set GEZHI_PROXIES to the number of proxies in front and restart. Until then no "
            "limit by address works. The warning goes away within a day.",
            id="gezhi.W015",
        )


def _missing_keys(folder: Path) -> list[str]:
    try:
        provider = secrets.FileProvider(folder)
    except secrets.SecretsError:
        return list(secrets.PURPOSES)
    missing = []
    for name in secrets.PURPOSES:
        try:
            provider.key_ids(name)
        except secrets.KeyMissing:
            missing.append(name)
    return missing


def _in_production(check: Callable[[], Iterator[checks.CheckMessage]]) -> Any:
    def run(app_configs: Any, **given: Any) -> CheckMessages:
        return list(check()) if settings.PRODUCTION else []

    return run


def _unless_tested(check: Callable[[], Iterator[checks.CheckMessage]]) -> Any:
    """A check that reads the database if there is one, and stays out of the test suite's."""

    def run(app_configs: Any, **given: Any) -> CheckMessages:
        if settings.GEZHI_MODE == "test":
            return []
        try:
            return list(check())
        except DatabaseError:
            return []

    return run


def _of_database(check: Callable[[], Iterator[checks.CheckMessage]]) -> Any:
    """A check that reads the database, when one was asked about and is there."""

    def run(app_configs: Any, databases: Any = None, **given: Any) -> CheckMessages:
        if connection.alias not in (databases or ()):
            return []
        try:
            return list(check())
        except DatabaseError:
            return [
                checks.Error(
                    "The database does not answer or has no tables.",
                    hint="See GEZHI_DATABASE; then `gezhi prepare`.",
                    id="gezhi.E013",
                )
            ]

    return run
