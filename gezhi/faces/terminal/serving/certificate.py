"""The certificate `gezhi serve --tls` shows, and how a running server comes by its successor."""

import logging
import os
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.kernel import certificates, clock
from gezhi.kernel.certificates import Office, given
from gezhi.kernel.hosts import own_hosts

logger = logging.getLogger("gezhi.serve")
# Seconds between two looks: at the office's own certificate and this machine's addresses, and at
# the files somebody else renews.
OWN_EVERY = 3600.0
GIVEN_EVERY = 60.0
_FAULTS = {
    given.UNREADABLE: gettext_lazy("证书读不懂：要 PEM 格式（-----BEGIN CERTIFICATE-----）"),
    given.UNREADABLE_KEY: gettext_lazy("私钥读不懂：要 PEM 格式"),
    given.LOCKED_KEY: gettext_lazy(
        "私钥有密码：先用 openssl pkcs8 -topk8 -nocrypt -in 旧 -out 新 去掉"
    ),
    given.KEY_FORM: gettext_lazy(
        "私钥不是 PKCS#8：先用 openssl pkcs8 -topk8 -nocrypt -in 旧 -out 新 转一下"
    ),
    given.FOREIGN_KEY: gettext_lazy("私钥和证书不是一对"),
    given.ENDED: gettext_lazy("证书过期了，或者还没到起用的时间"),
    given.NAMES: gettext_lazy("证书里没有 GEZHI_HOSTS 的任何一个名字"),
}


class Shown(Protocol):
    """A certificate that is being served."""

    @property
    def files(self) -> tuple[Path, Path]:
        """Certificate and key."""

    def look(self, renew: Callable[[], None]) -> None:
        """Called five times a second; calls `renew` when the files hold another certificate than
        the one that is being served. Never raises."""


def hosts() -> list[str]:
    """The names and addresses people may open: those told, and this machine's."""
    return [*settings.ALLOWED_HOSTS, *own_hosts()]


def title() -> str:
    """What phones list the authority under: which machine, and since when."""
    return f"格治 Gezhi {socket.gethostname().partition('.')[0]} {clock.today().isoformat()}"


@dataclass(slots=True)
class OwnCertificate:
    """One under the office's authority, renewed by itself."""

    office: Office
    left_out: tuple[str, ...] = ()
    next_look: float = field(default_factory=lambda: time.monotonic() + OWN_EVERY)

    @property
    def files(self) -> tuple[Path, Path]:
        return self.office.server_file, self.office.server_file

    def begin(self) -> None:
        """Have a certificate before anything is served; CommandError when there can be none."""
        try:
            self._keep()
        except (certificates.Damaged, OSError) as error:
            raise CommandError(unkept(self.office, error)) from error

    def look(self, renew: Callable[[], None]) -> None:
        if time.monotonic() < self.next_look:
            return
        self.next_look = time.monotonic() + OWN_EVERY
        try:
            if self._keep():
                renew()
        except (certificates.Damaged, OSError) as error:
            # What is being served is good for months; whoever reads the log has time.
            logger.error("%s", unkept(self.office, error))

    def _keep(self) -> bool:
        state = self.office.keep(title(), hosts(), now=clock.now())
        self.left_out = state.left_out
        return state.made


@dataclass(slots=True)
class GivenCertificate:
    """One that somebody else makes and renews, in two files."""

    certificate: Path
    key: Path
    seen: tuple[int, int] = (0, 0)
    next_look: float = field(default_factory=lambda: time.monotonic() + GIVEN_EVERY)

    @property
    def files(self) -> tuple[Path, Path]:
        return self.certificate, self.key

    def begin(self) -> None:
        """CommandError when the two files cannot be served, with what to do."""
        for fault in self._faults():
            raise CommandError(f"{self.certificate}: {fault}")
        self.seen = self._times()

    def look(self, renew: Callable[[], None]) -> None:
        if time.monotonic() < self.next_look:
            return
        self.next_look = time.monotonic() + GIVEN_EVERY
        now = self._times()
        if now == self.seen:
            return
        # Both files are written one after the other: what does not fit yet may fit in a minute.
        faults = self._faults()
        for fault in faults:
            logger.error("%s: %s", self.certificate, fault)
        if not faults:
            self.seen = now
            renew()

    def _faults(self) -> list[str]:
        found = certificates.faults_of_given(
            self.certificate, self.key, settings.ALLOWED_HOSTS, now=clock.now()
        )
        return [str(_FAULTS[word]) for word in found]

    def _times(self) -> tuple[int, int]:
        try:
            return os.stat(self.certificate).st_mtime_ns, os.stat(self.key).st_mtime_ns
        except OSError:
            return 0, 0


def left_out_words(names: tuple[str, ...]) -> str:
    """What to do about names the authority may not speak for."""
    return _(
        "根证书当初没有写进这些名字，用它们打开会有警告：%(names)s。"
        "一定要用，运行 gezhi certificate --new-authority，再给每台手机重装"
    ) % {"names": "、".join(names)}


def unkept(office: Office, error: Exception) -> str:
    """Why the office's certificate cannot be kept, and what to do."""
    if isinstance(error, certificates.Damaged):
        return _(
            "%(file)s 坏了：从备份放回去；放不回去就删掉它，重新做的根证书每台手机都要重装"
        ) % {"file": error}
    return _("证书文件夹 %(folder)s 写不进去：检查它的权限，和它所在的磁盘有没有挂上") % {
        "folder": office.folder
    }
