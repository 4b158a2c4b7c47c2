"""From one address (`GEZHI_DATABASE`) to Django's database settings."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

# A receipt is a promise: what was acknowledged is on the disk, also where the power fails a moment
# later. With less than FULL the last seconds of the log are in memory alone (`make faults`).
SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA cache_size=-32000;"
    "PRAGMA temp_store=MEMORY;PRAGMA journal_size_limit=67108864;"
)


def from_address(address: str, home: Path) -> dict[str, Any]:
    """Settings for `sqlite:///path` or `postgresql://user:password@host:port/name?option=value`.

    An empty address is the embedded database under `home`. Refuses other schemes (ValueError).
    """
    if not address:
        return _sqlite(str(home / "gezhi.sqlite3"))
    parts = urlsplit(address)
    if parts.scheme == "sqlite":
        return _sqlite(unquote(parts.path[1:] if parts.path.startswith("//") else parts.path))
    if parts.scheme not in {"postgresql", "postgres"}:
        raise ValueError("GEZHI_DATABASE begins with sqlite:/// or postgresql://")
    return {
        "ENGINE": "gezhi.config.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            # Compiling to machine code takes 200 ms of a page whose rows take 10: no page reads so
            # many that it comes back.
            "options": "-c lock_timeout=10s -c idle_in_transaction_session_timeout=60s -c jit=off",
            # The server's list of connections then says which program each belongs to.
            "application_name": f"gezhi {os.environ.get('GEZHI_PROGRAM', 'web')}",
        }
        | dict(parse_qsl(parts.query)),
    }


def _sqlite(name: str) -> dict[str, Any]:
    return {
        "ENGINE": "gezhi.config.sqlite",
        "NAME": name,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 10,
            "init_command": SQLITE_PRAGMAS,
        },
    }
