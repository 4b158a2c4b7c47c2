"""What stands in the environment is what was meant: read before anything else of ours.

A word nobody knows stops every command with one sentence; taken silently it would make a demo of an
installation that was meant for earnest. `GEZHI_TLS` and `GEZHI_HSTS` are named by `gezhi check`.
The sentences are Chinese only: no translation is loaded yet.
"""

import os
from collections.abc import Callable, Iterator, Mapping
from ipaddress import ip_network
from pathlib import Path

from gezhi.config.database import from_address

MODES = ("demo", "production", "test")
NODES = 8


def first_fault(environment: Mapping[str, str]) -> str:
    """What to put right first, as one sentence that names the variable; "" when all is well."""
    return next(_faults(environment), "")


def _faults(environment: Mapping[str, str]) -> Iterator[str]:
    mode = environment.get("GEZHI_MODE", "demo")
    if mode not in MODES:
        yield _wrong(
            "GEZHI_MODE", mode, "只能是 demo（演示）、production（正式使用）或 test（测试）"
        )
    yield from _number(environment, "GEZHI_NODE", NODES - 1, "每台机器一个，写 0 到 7 的整数")
    yield from _number(environment, "GEZHI_PROXIES", 9, "写前面有几层代理，0 到 9 的整数")
    yield from _number(
        environment, "GEZHI_THREADS", 64, "写每个网页进程几个线程，1 到 64 的整数", 1
    )
    totp = environment.get("GEZHI_REQUIRE_TOTP", "yes")
    if totp not in ("yes", "no"):
        yield _wrong("GEZHI_REQUIRE_TOTP", totp, "只能是 yes 或 no")
    yield from _addresses(environment.get("GEZHI_KNOWN_ADDRESSES", ""))
    yield from _database(environment.get("GEZHI_DATABASE", ""))
    home = Path(environment.get("GEZHI_HOME", "var"))
    yield from _folder("GEZHI_HOME", home, is_written=True)
    yield from _folder("GEZHI_KEYS", Path(environment.get("GEZHI_KEYS") or home / "keys"))


def _wrong(name: str, value: str, right: str) -> str:
    return f"{name}={value} 不对：{right}"


def _number(
    environment: Mapping[str, str], name: str, most: int, right: str, least: int = 0
) -> Iterator[str]:
    value = environment.get(name, str(least))
    if not (value.isascii() and value.isdigit() and least <= int(value[:9]) <= most):
        yield _wrong(name, value, right)


def _addresses(value: str) -> Iterator[str]:
    for address in filter(None, (one.strip() for one in value.split(","))):
        try:
            ip_network(address, strict=False)
        except ValueError:
            right = "写 IP 地址或网段，用逗号隔开，如 10.0.0.5,10.1.0.0/16"
            yield _wrong("GEZHI_KNOWN_ADDRESSES", address, right)


def _database(value: str) -> Iterator[str]:
    try:
        from_address(value, Path())
    except ValueError:
        # Without the address that was given: a password may stand in it.
        yield (
            "GEZHI_DATABASE 不对：写 sqlite:///文件 或 "
            "postgresql://用户@主机:端口/库名；不写就用 GEZHI_HOME 里的 SQLite"
        )


def _folder(name: str, folder: Path, *, is_written: bool = False) -> Iterator[str]:
    """A folder that is there, or can be made; one that `is_written` can be written to as well."""
    folder = folder.resolve()
    if folder.is_dir():
        if is_written and not os.access(folder, os.W_OK | os.X_OK):
            yield _wrong(name, str(folder), "这个文件夹写不进去，换一个或改它的权限")
    elif not _can_be_made(folder):
        yield _wrong(name, str(folder), "这个文件夹建不了，换一个能写的位置")


def _can_be_made(folder: Path) -> bool:
    """Whether the folder can be made; tried, for a disk tells it nowhere else, and undone."""
    made: list[Path] = []
    try:
        for one in reversed([folder, *folder.parents]):
            if not one.is_dir():
                one.mkdir()
                made.append(one)
    except OSError:
        return False
    finally:
        for one in reversed(made):
            _undo(one.rmdir)
    return True


def _undo(deed: Callable[[], None]) -> None:
    try:
        deed()
    except OSError:
        # Somebody else began to use it meanwhile.
        return
