"""Upgrade, go back, and bring to an end what broke off: all for an operator on the machine.

An upgrade and a way back are alone at work (`at_work`): nobody serves meanwhile, so nothing is
written that could be lost. Before the data are touched they are copied; whatever fails afterwards,
the old program and that copy come back.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from gezhi.ground.audit import actions as audit
from gezhi.ground.backups import engines
from gezhi.ground.jobs import at_work
from gezhi.ground.jobs import queries as jobs
from gezhi.ground.upgrades import incoming, newer, state
from gezhi.ground.upgrades.installation import Installation, found
from gezhi.ground.upgrades.returning import last_line, roll_back
from gezhi.ground.upgrades.state import Stage, State
from gezhi.kernel import clock
from gezhi.kernel.errors import Conflict, Invalid, Refusal
from gezhi.kernel.viewer import Viewer

Tell = Callable[[str], None]
# An unpacked bundle and the environment made of it, in bytes.
ROOM = 1_500_000_000
_BY = Viewer.system("upgrade")
# What an upgrade is itself, or what it stops: no reason to go back.
_OURS = frozenset({"upgrade.unfinished", "ports.silent", "ports.stopped"})


def upgrade(bundle: Path, *, tell: Tell) -> State:
    """Put the version of this bundle in the place of the one in use; answers how it ended.

    Refuses (Invalid, Conflict) before anything is changed: a damaged bundle, one for another
    machine, the version in use, programs at work, a disk without room, an upgrade that is not at
    its end. What fails later ends with the old program and the old data, and says why.
    """
    installation = _installation()
    with _alone():
        _refuse_unended(installation)
        _refuse_others()
        return _Upgrade(installation, bundle, tell).run()


def go_back(*, lose_newer: bool, tell: Tell) -> State:
    """Go back to the version and the data from before the newest upgrade.

    Refuses (Conflict) while something was written since, unless `lose_newer` says that it may be
    lost; a copy with it is kept aside all the same.
    """
    installation = _installation()
    with _alone():
        _refuse_unended(installation)
        _refuse_others()
        now = _read(installation)
        if now is None or now.stage is not Stage.DONE:
            raise Conflict(_("没有可以退回的换版"))
        if not (installation.is_whole(now.old) and Path(now.copy).is_file()):
            raise Conflict(_("换版前的程序或数据不在了，退不回去：从备份恢复（gezhi restore）"))
        lost = newer.since(now.last_entry)
        if lost.count and not lose_newer:
            raise Conflict(_words_of(lost))
        if lost.count:
            kept = _copies() / f"{now.new}-{clock.now():%Y%m%d%H%M%S}-newer"
            engines.in_use().copy(kept, _quiet)
            tell(_("换版以后写的另存在 %(file)s") % {"file": kept})
        ended = roll_back(installation, now, why=_("运维的人要退回"), tell=tell)
        audit.record(verb="upgrades.roll_back", by=_BY, subject_kind="upgrade",
                     detail={"old_version": now.new, "new_version": now.old, "lost": lost.count})  # fmt: skip
        return ended


def resume(*, tell: Tell) -> State | None:
    """Bring an upgrade that broke off to its end, forwards or back; None where there is none.

    Called before anything is served. Where it was being switched all was well already: it goes on;
    before that it goes back. The caller begins anew with the version in use afterwards.
    """
    installation = found()
    if installation is None:
        return None
    now = _read(installation)
    if now is None or now.is_ended:
        return None
    with _alone():
        now = _read(installation)
        if now is None or now.is_ended:
            return None
        if now.stage is Stage.SWITCHING:
            return _Switch(installation, now, tell).run()
        if now.stage is Stage.RETURNING:
            return roll_back(installation, now, why=now.why, tell=tell)
        tell(_("上次换版没有做完，退回 %(version)s") % {"version": now.old})
        return roll_back(installation, now, why=_("换版做到一半停了"), tell=tell)


def finish() -> State:
    """Note in the data that this version took over; asked of the new program once it is current."""
    installation = _installation()
    now = _read(installation)
    if now is None or now.stage is not Stage.SWITCHING:
        raise Conflict(_("没有等着了结的换版"))
    audit.record(verb="upgrades.upgrade", by=_BY, subject_kind="upgrade",
                 detail={"old_version": now.old, "new_version": now.new})  # fmt: skip
    return state.write(
        installation.state_file, now, stage=Stage.DONE, last_entry=newer.newest_entry()
    )


class _Upgrade:
    """One upgrade, stage after stage."""

    def __init__(self, installation: Installation, bundle: Path, tell: Tell) -> None:
        self._installation = installation
        self._bundle = bundle
        self._tell = tell

    def run(self) -> State:
        installation = self._installation
        self._tell(_("核对安装包"))
        folder, told = incoming.unpack(self._bundle, installation)
        now = State(
            Stage.CHECKING,
            old=installation.current(),
            new=str(told["version"]),
            begun_at=clock.now().isoformat(),
        )
        if now.new == now.old:
            incoming.clear(installation)
            raise Conflict(_("已经是 %(version)s 这一版") % {"version": now.new})
        self._refuse_full()
        now = self._to(now, Stage.CHECKING, bad_before=_bad(installation, now.old) or [])
        try:
            now = self._prepare(folder, now)
        except (Refusal, OSError) as fault:
            now = _read(installation) or now
            return roll_back(installation, now, why=_said(fault), tell=self._tell)
        return _Switch(installation, now, self._tell).run()

    def _to(self, now: State, stage: Stage, **changes: object) -> State:
        return state.write(self._installation.state_file, now, stage=stage, **changes)

    def _prepare(self, folder: Path, now: State) -> State:
        """Copy, install, migrate, examine: what fails here goes back."""
        self._tell(_("把数据另存一份"))
        copy = _copies() / f"{now.old}-{clock.now():%Y%m%d%H%M%S}"
        now = self._to(now, Stage.COPYING, copy=str(copy))
        engines.in_use().copy(copy, _quiet)
        self._tell(_("安装 %(version)s") % {"version": now.new})
        now = self._to(now, Stage.INSTALLING)
        self._install(folder)
        self._tell(_("迁移数据"))
        now = self._to(now, Stage.MIGRATING, touched=True)
        done = self._installation.run(now.new, "prepare")
        if done.returncode:
            raise Conflict(
                _("新程序迁移不成：%(said)s") % {"said": last_line(done.stderr or done.stdout)}
            )
        self._tell(_("体检"))
        now = self._to(now, Stage.EXAMINING)
        found_bad = _bad(self._installation, now.new)
        if found_bad is None:
            raise Conflict(_("新程序体检不了"))
        worse = sorted(set(found_bad) - set(now.bad_before) - _OURS)
        if worse:
            raise Conflict(_("换版以后体检有了新的毛病：%(codes)s") % {"codes": "、".join(worse)})
        return now

    def _install(self, folder: Path) -> None:
        base = Path(sys.base_prefix) / "bin" / f"python{sys.version_info[0]}.{sys.version_info[1]}"
        command = [
            *(str(base if base.exists() else sys.executable), str(folder / "install.py")),
            *("--to", str(self._installation.prefix), "--only-version"),
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise Conflict(_("新程序装不上：%(said)s") % {"said": last_line(done.stderr)})

    def _refuse_full(self) -> None:
        wanted = {self._installation.prefix: ROOM, _copies(): engines.in_use().size()}
        for folder, size in wanted.items():
            free = shutil.disk_usage(folder).free
            if free < size + 200_000_000:
                raise Invalid(
                    _("%(folder)s 的磁盘只剩 %(free)d MB，换版要 %(size)d MB：先腾地方")
                    % {
                        "folder": folder,
                        "free": free // 1_000_000,
                        "size": (size + 200_000_000) // 1_000_000,
                    }
                )


class _Switch:
    """The last stage: from here it only goes on."""

    def __init__(self, installation: Installation, now: State, tell: Tell) -> None:
        self._installation = installation
        self._now = now
        self._tell = tell

    def run(self) -> State:
        installation = self._installation
        now = state.write(installation.state_file, self._now, stage=Stage.SWITCHING)
        self._tell(_("换上 %(version)s") % {"version": now.new})
        installation.switch(now.new)
        done = installation.run(now.new, "upgrade", "--finish")
        if done.returncode:
            raise Conflict(
                _("换上了，可是了结不了：%(said)s。运行 gezhi upgrade --resume")
                % {"said": last_line(done.stderr or done.stdout)}
            )
        incoming.clear(installation)
        _tidy(installation, now)
        return _read(installation) or now


def _bad(installation: Installation, version: str) -> list[str] | None:
    """Codes of what the doctor of a version calls bad; None where it says nothing."""
    done = installation.run(version, "doctor", "--json")
    try:
        findings = json.loads(done.stdout)["findings"]
        return [one["code"] for one in findings if one["level"] == "bad"]
    except (ValueError, KeyError, TypeError):
        return None


def _tidy(installation: Installation, now: State) -> None:
    """Let go of versions and copies that nothing leads back to."""
    for folder in (installation.prefix / "versions").iterdir():
        if folder.name not in (now.old, now.new):
            installation.remove(folder.name)
    for copy in _copies().iterdir():
        if copy != Path(now.copy) and not copy.name.endswith("-newer"):
            copy.unlink(missing_ok=True)


def _copies() -> Path:
    folder = Path(settings.GEZHI_HOME) / "upgrades"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def _installation() -> Installation:
    installation = found()
    if installation is None:
        raise Conflict(
            _(
                "这里的程序不是从安装包装的（多半是源代码）：换版用 git pull，再 make setup、gezhi prepare"
            )
        )
    return installation


@contextmanager
def _alone() -> Iterator[None]:
    try:
        with at_work.alone(Path(settings.GEZHI_HOME)):
            yield
    except at_work.Busy as busy:
        raise Conflict(
            _("服务还在运行，或另一个换版正在做：先停下（systemctl stop gezhi），再来一次")
        ) from busy


def _read(installation: Installation) -> State | None:
    try:
        return state.read(installation.state_file)
    except state.Unreadable as error:
        raise Conflict(
            _("换版的记录读不懂：%(file)s。把它挪走之前，先用 gezhi doctor 看数据和程序对不对得上")
            % {"file": installation.state_file}
        ) from error


def _refuse_unended(installation: Installation) -> None:
    now = _read(installation)
    if now is not None and not now.is_ended:
        raise Conflict(_("上一次换版没有做完：先运行 gezhi upgrade --resume"))


def _refuse_others() -> None:
    """Other machines on the same database would write while it is migrated."""
    own = socket.gethostname()[:30]
    others = sorted(
        {row.machine for row in jobs.pulses(_BY) if not row.late and row.machine != own}
    )
    if others:
        raise Conflict(
            _("别的机器还在用这个数据库：%(names)s。都停下再换") % {"names": "、".join(others)}
        )


def _words_of(lost: newer.Newer) -> str:
    deeds = "、".join(f"{word} {number} 次" for word, number in lost.deeds)
    shown = {
        "count": lost.count,
        "first": f"{clock.local(lost.first):%m-%d %H:%M}" if lost.first else "",
        "last": f"{clock.local(lost.last):%m-%d %H:%M}" if lost.last else "",
        "deeds": deeds,
    }
    return (
        _("换版以后（%(first)s 到 %(last)s）又做了 %(count)d 件事：%(deeds)s 等。") % shown
        + _("退回去，这些就没有了。")
        + _("真的不要，加上 --lose-newer 再来一次；它们会另存一份。")
    )


def _said(fault: Exception) -> str:
    return fault.strerror or "?" if isinstance(fault, OSError) else str(fault)


def _quiet(_what: str, _done: int, _whole: int) -> None:
    """Nobody is told of parts: a copy takes seconds."""


def is_current() -> bool:
    """Whether this program is the one in use, as it is after an upgrade went on or back."""
    installation = found()
    return installation is None or installation.current() == Path(sys.prefix).name


def begin_anew(arguments: list[str]) -> None:
    """Let the version in use take the place of this process."""
    installation = found()
    if installation is not None:
        program = str(installation.prefix / "current" / "bin" / "gezhi")
        os.execv(program, [program, *arguments])  # noqa: S606 - a program of this installation
