"""Settings of the test suite: the same house with a fast hasher and memory in place of disks."""

import os
import tempfile

# Keys and files of a test run never touch an installation.
_home = os.environ.setdefault("GEZHI_HOME", tempfile.mkdtemp(prefix="gezhi-test-"))
os.environ["GEZHI_MODE"] = "test"
os.environ.setdefault("GEZHI_KEYS", os.path.join(_home, "keys"))
os.environ.setdefault("GEZHI_DATABASE", f"sqlite:///{_home}/test.sqlite3")

from gezhi.config.settings import *
from gezhi.config.settings import DATABASES, STORAGES

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher",
    # One-time passwords are encoded with it (accounts.actions.encode_one_time).
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}

# A live server's threads leave no connection behind that would keep the test database in use.
DATABASES["default"]["CONN_MAX_AGE"] = 0
if DATABASES["default"]["ENGINE"] == "gezhi.config.sqlite":
    # A file of its own for each test process (a suffix is added); nothing has to survive a crash.
    DATABASES["default"]["TEST"] = {"NAME": os.path.join(_home, "suite.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"
