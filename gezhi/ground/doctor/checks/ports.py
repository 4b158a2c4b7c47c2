"""Whether the service answers where it said it would."""

import socket
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from gezhi.ground.doctor.rules import Finding, bad, well
from gezhi.ground.jobs import at_work
from gezhi.ground.jobs.at_work import Serving

_ANY = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - compared only
_PATIENCE = 3.0


def look() -> Iterator[Finding]:
    """Its own port: answered by us, by somebody else, or by nobody."""
    home = Path(settings.GEZHI_HOME)
    serving, runs = at_work.noted(home), at_work.is_busy(home)
    if serving is None:
        if runs:
            yield well("ports.elsewhere", _("服务在运行，网页在别的机器上，或由别的程序开"))
        else:
            yield _not_running(_("服务没有在运行（这个文件夹还没有启动过）"))
        return
    shown = {"host": serving.host, "port": serving.port}
    heard = _answers(serving)
    if runs and heard:
        yield well("ports.answers", _("服务在 %(host)s:%(port)d 应答") % shown)
    elif heard:
        yield bad(
            "ports.taken",
            _("服务没有在运行，它的端口 %(port)d 被别的程序占着") % shown,
            _("谁也打不开网页，后台任务也不做；现在启动也会因为端口被占而停下。"),
            _("看是谁占着，停掉它，或用 --port 换一个，再启动。"),
            f"ss -ltnp 'sport = :{serving.port}'",
        )
    elif runs:
        yield bad(
            "ports.silent",
            _("服务在运行，可是 %(host)s:%(port)d 没有应答") % shown,
            _("谁也打不开网页。"),
            _("看服务的日志里最后说了什么，再重启它。"),
            "journalctl -u gezhi -n 50; systemctl restart gezhi",
        )
    else:
        yield _not_running(_("服务没有在运行（上次在端口 %(port)d）") % shown)


def _not_running(what: str) -> Finding:
    return bad(
        "ports.stopped",
        what,
        _("谁也打不开网页，通知发不出去，时限到了也没有人提醒。"),
        _("启动它。不是用 systemd 装的，就运行 gezhi serve。"),
        "systemctl start gezhi",
    )


def _answers(serving: Serving) -> bool:
    host = _ANY.get(serving.host, serving.host)
    try:
        with socket.create_connection((host, serving.port), timeout=_PATIENCE):
            return True
    except OSError:
        return False
