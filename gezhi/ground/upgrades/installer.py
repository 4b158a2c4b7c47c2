"""Install 格治 from the folder this file lies in: no network, nothing but Python 3.11 needed.

It stands in every bundle as `install.py`, and `gezhi upgrade` runs that of the new bundle to put the
new version beside the old one. So it imports nothing but the standard library, changes nothing
outside the folder it installs to, and may be run again after it was stopped half way: a version that
has no `.complete` is begun anew.

    python3.11 install.py --to /opt/gezhi --home /srv/gezhi --keys /srv/gezhi-keys
"""

import argparse
import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

MANIFEST, COMPLETE = "bundle.json", ".complete"
PYTHON = (3, 11)
_CHUNK = 1 << 20
# What the installation itself holds of the bundle, beside its packages.
_SHARED = ("packs", "front", "docs", "systemd")
_SETTINGS = """\
# 格治的设置。一行一个，等号两边没有空格，值里没有引号和空格。改了要重启服务。
GEZHI_HOME={home}
GEZHI_KEYS={keys}
# 数据库：不写就是 GEZHI_HOME 里的 SQLite。
#GEZHI_DATABASE=postgresql://gezhi@127.0.0.1/gezhi
# 建好街道以后，正式使用时去掉下面三行前面的 #，填好域名和怎样加密（own、proxy、plain）。
#GEZHI_MODE=production
#GEZHI_HOSTS=gezhi.example.gov.cn
#GEZHI_TLS=own
"""
_WRAPPER = """\
#!/bin/sh
# 带着 gezhi.env 里的设置运行现在这一版。
set -a
. '{prefix}/gezhi.env'
set +a
exec '{prefix}/current/bin/gezhi' "$@"
"""
Tell = Callable[[str], None]


class Refused(Exception):
    """Why it is not installed, in words; nothing that was there is changed."""


def manifest_of(folder: Path) -> dict[str, Any]:
    """What the bundle says of itself; Refused where it is no bundle or for another machine."""
    try:
        told: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        version, files, machine = told["version"], told["files"], told["platform"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Refused(f"{folder} 不是格治的安装包（没有读得懂的 {MANIFEST}）") from error
    if not (isinstance(version, str) and isinstance(files, dict) and _is_name(version)):
        raise Refused(f"{folder} 的 {MANIFEST} 写坏了")
    if sys.version_info[:2] != PYTHON:
        found = platform.python_version()
        raise Refused(f"这个安装包要 Python 3.11，运行它的是 {found}：用 python3.11 install.py")
    if machine != sysconfig.get_platform():
        raise Refused(
            f"这个安装包是给 {machine} 的，这台机器是 {sysconfig.get_platform()}：换一个安装包"
        )
    return told


def verify(folder: Path) -> dict[str, Any]:
    """The manifest, with every file it names there and unchanged, and none beside them; Refused
    otherwise."""
    told = manifest_of(folder)
    there = {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if (path.is_file() or path.is_symlink()) and "__pycache__" not in path.parts
    } - {MANIFEST}
    wanted = told["files"]
    for fault, names in (("少了", wanted.keys() - there), ("多了", there - wanted.keys())):
        if names:
            raise Refused(f"安装包不对，{fault} {len(names)} 个文件，如 {min(names)}：重新拷一份")
    for name, digest in wanted.items():
        if digest_of(folder / name) != digest:
            raise Refused(f"安装包坏了：{name} 和清单对不上，重新拷一份")
    return told


def digest_of(path: Path) -> str:
    """SHA-256 of a file."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def install_version(bundle: Path, prefix: Path, *, tell: Tell) -> Path:
    """Put the version of this bundle into `versions/`, whole or without its mark; answers where.

    A version that is whole and came from this very bundle is left as it is.
    """
    told = manifest_of(bundle)
    target = prefix / "versions" / str(told["version"])
    if (target / COMPLETE).exists() and _same(bundle, target / "share" / "gezhi"):
        tell(f"{told['version']} 已经装好")
        return target
    if target.exists():
        tell("上次装到一半，重新装")
        shutil.rmtree(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    tell("建立 Python 环境")
    # Without ensurepip, which some systems keep in a package of its own: pip is in the bundle.
    venv.EnvBuilder(with_pip=False, symlinks=True).create(target)
    tell(f"安装 {len(list((bundle / 'wheels').glob('*.whl')))} 个包")
    _pip(target, bundle, "--require-hashes", "-r", str(bundle / "requirements.txt"))
    (own,) = (bundle / "own").glob("gezhi-*.whl")
    _pip(target, bundle, "--no-deps", str(own))
    share = target / "share" / "gezhi"
    for name in _SHARED:
        if (bundle / name).is_dir():
            shutil.copytree(bundle / name, share / name)
    shutil.copyfile(bundle / MANIFEST, share / MANIFEST)
    # On the disk before it is called whole: a machine may lose its power at any moment.
    os.sync()
    (target / COMPLETE).touch()
    sync_folder(target)
    return target


def _same(bundle: Path, share: Path) -> bool:
    """Whether what is installed came from a bundle with this very manifest."""
    return digest_of(share / MANIFEST) == digest_of(bundle / MANIFEST)


def _pip(target: Path, bundle: Path, *what: str) -> None:
    (pip,) = (bundle / "installer").glob("pip-*.whl")
    command = [
        *(str(target / "bin" / "python"), str(pip / "pip"), "install", "--quiet"),
        # What is used is compiled when it is first used: all of it takes longer than the rest.
        *("--no-index", "--no-compile", "--find-links", str(bundle / "wheels")),
        *("--disable-pip-version-check", "--no-input", "--no-cache-dir", *what),
    ]
    # The machine's own settings of pip may name places that cannot be reached from here.
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "PYTHON"))
    } | {"PIP_CONFIG_FILE": os.devnull}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["?"])[-1]
        raise Refused(f"装不上：{last}")


def switch(prefix: Path, version: str) -> None:
    """Let `current` be this version, by one rename."""
    part = prefix / f".current.{os.getpid()}"
    part.unlink(missing_ok=True)
    part.symlink_to(Path("versions") / version)
    part.replace(prefix / "current")
    sync_folder(prefix)


def sync_folder(folder: Path) -> None:
    """Have the names in a folder on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def first_time(bundle: Path, prefix: Path, given: argparse.Namespace, *, tell: Tell) -> None:
    """All an own installation has beside its versions; what is there already stays."""
    home, keys = Path(given.home).absolute(), Path(given.keys).absolute()
    if keys == home or keys.is_relative_to(home):
        raise Refused("--keys 不要放在 --home 里面：数据和密钥要分开，最好在两块盘上")
    for word in (str(prefix), str(home), str(keys)):
        if any(sign in word for sign in " '\"$\\"):
            raise Refused(f"文件夹的名字里不要有空格、引号：{word}")
    verify(bundle)
    version = install_version(bundle, prefix, tell=tell).name
    settings = prefix / "gezhi.env"
    if not settings.exists():
        settings.touch(mode=0o640)
        settings.write_text(_SETTINGS.format(home=home, keys=keys), encoding="utf-8")
    (prefix / "bin").mkdir(exist_ok=True)
    wrapper = prefix / "bin" / "gezhi"
    wrapper.write_text(_WRAPPER.format(prefix=prefix), encoding="utf-8")
    wrapper.chmod(0o755)
    _units(bundle, prefix, {"PREFIX": prefix, "HOME": home, "KEYS": keys, "USER": given.user})
    if (prefix / "current").exists() and (prefix / "current").resolve().name != version:
        raise Refused(
            f"{prefix} 里在用的是 {(prefix / 'current').resolve().name}："
            f"换版用 {wrapper} upgrade 安装包，会先备份、能退回"
        )
    switch(prefix, version)


def _units(bundle: Path, prefix: Path, words: Mapping[str, object]) -> None:
    folder = prefix / "systemd"
    folder.mkdir(exist_ok=True)
    for unit in sorted((bundle / "systemd").iterdir()):
        text = unit.read_text(encoding="utf-8")
        for name, word in words.items():
            text = text.replace(f"@{name}@", str(word))
        (folder / unit.name).write_text(text, encoding="utf-8")


def _fonts(bundle: Path, home: Path, *, tell: Tell) -> None:
    """Type that came with the bundle, into the home's own folder; nothing where there is none."""
    came = sorted((bundle / "fonts").glob("*")) if (bundle / "fonts").is_dir() else []
    for font in came:
        (home / "fonts").mkdir(parents=True, exist_ok=True, mode=0o700)
        shutil.copyfile(font, home / "fonts" / font.name)
    if came:
        tell(f"字体放进了 {home / 'fonts'}")


def parser() -> argparse.ArgumentParser:
    """What may be given."""
    options = argparse.ArgumentParser(description="从安装包装格治，不用网络")
    options.add_argument("--to", required=True, help="程序装在哪里，如 /opt/gezhi")
    options.add_argument("--home", default="/srv/gezhi", help="数据放在哪里")
    options.add_argument("--keys", default="/srv/gezhi-keys", help="密钥放在哪里，和数据分开")
    options.add_argument("--user", default="gezhi", help="systemd 用哪个用户运行")
    options.add_argument("--only-version", action="store_true", help=argparse.SUPPRESS)
    return options


def main(arguments: list[str] | None = None) -> int:
    """Install; 0 when it is done, 1 with a sentence when it is refused."""
    given = parser().parse_args(arguments)
    # The program may be read by whoever runs it; data and keys are another matter.
    os.umask(0o022)
    bundle, prefix = Path(__file__).resolve().parent, Path(given.to).absolute()

    def tell(words: str) -> None:
        sys.stdout.write(f"  {words}\n")
        sys.stdout.flush()

    try:
        if given.only_version:
            install_version(bundle, prefix, tell=tell)
            return 0
        first_time(bundle, prefix, given, tell=tell)
        _fonts(bundle, Path(given.home).absolute(), tell=tell)
    except Refused as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 1
    except OSError as error:
        sys.stderr.write(f"装不下去：{error.strerror}（{error.filename or prefix}）\n")
        return 1
    tell(f"装好了。往下照 {prefix}/current/share/gezhi/docs/install.md：")
    tell(f"建自己的街道：  {prefix}/bin/gezhi setup")
    tell(f"启动：          {prefix}/bin/gezhi serve")
    tell(f"开机自己启动：  cp {prefix}/systemd/* /etc/systemd/system/")
    return 0


def _is_name(word: str) -> bool:
    return bool(word) and all(sign.isalnum() or sign in ".-+_" for sign in word) and word[0] != "."


if __name__ == "__main__":
    sys.exit(main())
