"""Every setting of an installation, read from its environment once.

`GEZHI_MODE` is `demo` (the default of `make run`), `production` or `test`; `GEZHI_HOME` holds
database, models and files; `GEZHI_KEYS` the keys, on another disk in production.
"""

import os
import sys
from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from gezhi.config import encryption, environment
from gezhi.config.database import from_address
from gezhi.kernel import clock, setback
from gezhi.kernel.hosts import own_hosts
from gezhi.kernel.secrets import session_key

PACKAGE = Path(__file__).resolve().parent.parent
ROOT = PACKAGE.parent
# What comes beside the package: in the source, and where a bundle was installed (ground/upgrades).
_SHARED = ROOT if (ROOT / "packs").is_dir() else Path(sys.prefix) / "share" / "gezhi"

# `gezhi` has told it before; another server that loads us is stopped here.
if _fault := environment.first_fault(os.environ):
    raise ImproperlyConfigured(_fault)

GEZHI_MODE = os.environ.get("GEZHI_MODE", "demo")
GEZHI_HOME = Path(os.environ.get("GEZHI_HOME", "var")).resolve()
# Sheets of orders that are laid into this folder come in by themselves; empty: none is watched.
GEZHI_ORDERS_FOLDER = os.environ.get("GEZHI_ORDERS_FOLDER", "")
GEZHI_KEYS = Path(os.environ.get("GEZHI_KEYS") or GEZHI_HOME / "keys").resolve()
GEZHI_PACKS = Path(os.environ.get("GEZHI_PACKS", _SHARED / "packs")).resolve()
# Where the timed backup goes; none is made while it is empty.
GEZHI_BACKUP = Path(os.environ["GEZHI_BACKUP"]) if os.environ.get("GEZHI_BACKUP") else None
GEZHI_FRONT_PACKAGES = ROOT / "node_modules" if _SHARED == ROOT else _SHARED / "front"
PRODUCTION = GEZHI_MODE == "production"
DEMO = GEZHI_MODE == "demo"
# A demo of real messages lives at the end of them.
GEZHI_REPLAY = DEMO and setback.is_replay(GEZHI_HOME)
if GEZHI_REPLAY:
    clock.set_back(timedelta(days=setback.days_back(GEZHI_HOME)))


# Production makes no key by itself: a wrong GEZHI_KEYS would end every session. `gezhi prepare` does.
SECRET_KEY = os.environ.get("GEZHI_SECRET_KEY") or (
    session_key.read(GEZHI_KEYS) if PRODUCTION else session_key.make_beside(GEZHI_KEYS)
)
DEBUG = False
# A demo answers under its machine's own names and addresses; production has them told.
ALLOWED_HOSTS = [host.strip() for host in os.environ.get("GEZHI_HOSTS", "").split(",") if host]
if not ALLOWED_HOSTS and not PRODUCTION:
    ALLOWED_HOSTS = own_hosts()
CSRF_TRUSTED_ORIGINS = [
    origin for origin in os.environ.get("GEZHI_ORIGINS", "").split(",") if origin
]
# Who keeps the net from reading along: a proxy in front, `gezhi serve` itself, or nobody.
GEZHI_TLS = encryption.way_of(os.environ)
# Told by `gezhi serve` to its children: where it serves TLS, where it leads people there, and the
# certificate it was given ("" when the office's own authority made it).
GEZHI_TLS_PORT = int(os.environ.get("GEZHI_TLS_PORT", "0"))
GEZHI_PLAIN_PORT = int(os.environ.get("GEZHI_PLAIN_PORT", "0"))
GEZHI_CERTIFICATE = os.environ.get("GEZHI_CERTIFICATE", "")
GEZHI_HSTS = os.environ.get("GEZHI_HSTS", "")
_own, _behind_proxy = GEZHI_TLS == encryption.OWN, GEZHI_TLS == encryption.PROXY
# A cookie that is meant for TLS is never sent where a stranger could read it.
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _own or (PRODUCTION and _behind_proxy)
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE
# Before the authority is installed nothing but plain HTTP opens the page that installs it.
SECURE_REDIRECT_EXEMPT = [r"^install-certificate(/|$)", r"^static/"] if _own else []
if _behind_proxy and os.environ.get("GEZHI_PROXY_TLS_HEADER"):
    # A trusted proxy is named, never guessed; where TLS ends here, no header speaks of it.
    SECURE_PROXY_SSL_HEADER = (os.environ["GEZHI_PROXY_TLS_HEADER"], "https")
SECURE_HSTS_SECONDS = (
    encryption.HSTS_SECONDS
    if PRODUCTION and encryption.keeps_browsers(GEZHI_TLS, GEZHI_TLS_PORT, GEZHI_HSTS)
    else 0
)
# Other names below ours, and the browsers' own list, are not this house's to speak for.
SECURE_HSTS_INCLUDE_SUBDOMAINS = GEZHI_HSTS in encryption.WITH_SUBDOMAINS
SECURE_HSTS_PRELOAD = GEZHI_HSTS == "preload"
# Its middleware has another name here, and what Django would say of these settings,
# `gezhi.config.checks` says with the three ways.
SILENCED_SYSTEM_CHECKS = [f"security.W{number:03d}" for number in (1, 4, 5, 8, 12, 16, 21)]

INSTALLED_APPS = [
    "gezhi.config",
    "gezhi.ground.audit",
    "gezhi.ground.counters",
    "gezhi.ground.accounts",
    "gezhi.ground.codes",
    "gezhi.ground.jobs",
    "gezhi.ground.notices",
    "gezhi.ground.files",
    "gezhi.ground.sheets",
    "gezhi.ground.lists",
    "gezhi.ground.backups",
    "gezhi.ground.upgrades",
    "gezhi.ground.doctor",
    "gezhi.records.places",
    "gezhi.records.units",
    "gezhi.records.posts",
    "gezhi.records.duties",
    "gezhi.work.cases",
    "gezhi.work.triage",
    "gezhi.work.dry_runs",
    "gezhi.work.invitations",
    "gezhi.work.emergency",
    "gezhi.work.knowledge",
    "gezhi.work.orders",
    "gezhi.work.blanks",
    "gezhi.work.handover",
    "gezhi.insight.figures",
    "gezhi.faces.shell",
    "gezhi.faces.paper",
    "gezhi.faces.desk",
    "gezhi.faces.desk.figures",
    "gezhi.faces.desk.home",
    "gezhi.faces.desk.queues",
    "gezhi.faces.desk.cases",
    "gezhi.faces.desk.confidential",
    "gezhi.faces.desk.intake",
    "gezhi.faces.desk.triage",
    "gezhi.faces.desk.rota",
    "gezhi.faces.desk.precedents",
    "gezhi.faces.desk.knowledge",
    "gezhi.faces.desk.guests",
    "gezhi.faces.desk.admissions",
    "gezhi.faces.desk.emergency",
    "gezhi.faces.desk.orders",
    "gezhi.faces.desk.blanks",
    "gezhi.faces.desk.search",
    "gezhi.faces.desk.notices",
    "gezhi.faces.desk.deliveries",
    "gezhi.faces.desk.jobs",
    "gezhi.faces.desk.doctor",
    "gezhi.faces.desk.sheets",
    "gezhi.faces.desk.backups",
    "gezhi.faces.desk.setup",
    "gezhi.faces.pocket",
    "gezhi.faces.pocket.today",
    "gezhi.faces.pocket.rota",
    "gezhi.faces.pocket.report",
    "gezhi.faces.pocket.cases",
    "gezhi.faces.pocket.emergency",
    "gezhi.faces.resident",
    "gezhi.faces.resident.report",
    "gezhi.faces.resident.receipt",
    "gezhi.faces.resident.track",
    "gezhi.faces.resident.crew",
    "gezhi.faces.resident.suggest",
    "gezhi.faces.resident.phones",
    "gezhi.faces.resident.privacy",
    "gezhi.faces.resident.guest",
    "gezhi.faces.openapi",
    "gezhi.faces.terminal",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "django_tasks",
    "csp",
    "whitenoise.runserver_nostatic",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "gezhi.faces.shell.encryption.EncryptionMiddleware",
    "gezhi.faces.shell.middleware.ProgramMiddleware",
    "gezhi.faces.shell.middleware.DownloadedMiddleware",
    "gezhi.faces.shell.middleware.WholeTextMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "gezhi.faces.shell.middleware.LanguageMiddleware",
    "gezhi.faces.shell.unread.UnreadMiddleware",
    "gezhi.faces.shell.addresses.NoSlashMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "gezhi.faces.shell.login.guard.SessionGuardMiddleware",
    "gezhi.faces.shell.middleware.ViewerMiddleware",
    "gezhi.faces.shell.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "gezhi.config.urls"
WSGI_APPLICATION = "gezhi.config.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "OPTIONS": {
            "loaders": [
                ("gezhi.faces.shell.loader.CachedLoader", ["gezhi.faces.shell.loader.Loader"])
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "gezhi.faces.shell.context.shell",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]
DATABASES = {"default": from_address(os.environ.get("GEZHI_DATABASE", ""), GEZHI_HOME)}
# The application's role on PostgreSQL may not change steps and audit; migrations run as the owner.
GEZHI_DATABASE_ROLE = os.environ.get("GEZHI_DATABASE_ROLE", "")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": {
        # Nothing of the house is kept in a cache: it forgets when it is full. What counts is a row
        # (ground/counters); django-allauth's own marks of used codes are doubled there.
        "BACKEND": "django.core.cache.backends.dummy.DummyCache",
    }
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "gezhi_session"
CSRF_COOKIE_NAME = "gezhi_csrf"
CSRF_FAILURE_VIEW = "gezhi.faces.shell.errors.csrf_failure"
SECURE_REFERRER_POLICY = "same-origin"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["gezhi.faces.shell.login.backend.StaffNumberBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("staff_number", "name", "pinyin")},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "gezhi.ground.accounts.published.PublishedPasswordValidator"},
]
LOGIN_URL = "/login/"
LOGIN_REDIRECT_URL = "/work/"
LOGOUT_REDIRECT_URL = "/login/"
ACCOUNT_ADAPTER = "gezhi.faces.shell.login.adapter.StaffAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "staff_number"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
# Behind a proxy its number is named here, or everybody would share its address and its lock-out.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("GEZHI_PROXIES", "0"))
# Other systems that send reports for many people: their addresses or networks are not limited.
GEZHI_KNOWN_ADDRESSES = [
    ip_network(address.strip(), strict=False)
    for address in os.environ.get("GEZHI_KNOWN_ADDRESSES", "").split(",")
    if address.strip()
]
# allauth's limits live in the cache; ours live in the database (accounts.actions.begin_try).
ACCOUNT_RATE_LIMITS: bool = False
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
ACCOUNT_FORMS = {
    "login": "gezhi.faces.shell.login.forms.LogInForm",
    "reauthenticate": "gezhi.faces.shell.login.forms.ProofForm",
}
MFA_ADAPTER = "gezhi.faces.shell.login.factors.SealedFactors"
MFA_FORMS = {
    "authenticate": "gezhi.faces.shell.login.factors.LogInCodeForm",
    "reauthenticate": "gezhi.faces.shell.login.factors.ProofCodeForm",
    "activate_totp": "gezhi.faces.shell.login.forms.FirstCodeForm",
}
MFA_TOTP_ISSUER = "格治"
# A phone's clock may be off by one step; `login.factors` takes each code once all the same.
MFA_TOTP_TOLERANCE = 1
# Which way messages to reporters go; the console tells the operator of a demo what would be sent.
# `sms` sends for real, as the file GEZHI_NOTICES says (docs/operator/sending.md).
GEZHI_NOTICE_PROVIDER = os.environ.get("GEZHI_NOTICE_PROVIDER", "" if PRODUCTION else "console")
GEZHI_NOTICES = os.environ.get("GEZHI_NOTICES", "")
GEZHI_REQUIRE_TOTP = os.environ.get("GEZHI_REQUIRE_TOTP", "yes" if PRODUCTION else "no") == "yes"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
LANGUAGE_COOKIE_NAME = "gezhi_language"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = GEZHI_HOME / "static"
FORM_RENDERER = "gezhi.faces.shell.controls.Controls"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "gezhi.faces.shell.stylesheet.JoiningStorage"},
}
MEDIA_ROOT = GEZHI_HOME / "files"
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FILES = 12

TASKS = {
    "default": {"BACKEND": "gezhi.ground.jobs.backend.TransactionBackend", "QUEUES": ["default"]}
}

CONTENT_SECURITY_POLICY: dict[str, Any] = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "worker-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        # The log-in that opens over a page (shell/login/interrupted.py), which alone may be framed.
        "frame-src": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    # Whoever logs an address: no secret of it is written.
    "filters": {"codes": {"()": "gezhi.faces.shell.logs.WithoutCodes"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["codes"]}
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"gezhi": {"level": "INFO"}},
}
