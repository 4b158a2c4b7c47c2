"""Whether the keys are all there, whole, their owner's alone, and those the data were sealed with."""

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from gezhi.ground.audit import keymarks
from gezhi.ground.doctor.rules import Finding, bad, well
from gezhi.kernel import certificates, secrets
from gezhi.kernel.secrets import session_key


def look() -> Iterator[Finding]:
    """The folder by itself: no database is asked."""
    folder = Path(settings.GEZHI_KEYS)
    fault = _fault(folder)
    if fault is not None:
        yield fault
        return
    exposed = (*secrets.exposed(folder), *secrets.exposed(folder / certificates.FOLDER, "*"))
    if exposed:
        yield bad(
            "keys.exposed",
            _("别的用户也读得到密钥：%(names)s") % {"names": "、".join(exposed)},
            _("拿到密钥和数据库的人，读得出每个人的姓名和电话。"),
            _("收紧权限；不知道谁读过，就当已经泄露，报告安全管理员。"),
            f"chmod 700 {folder} && find {folder} -type f -exec chmod 600 {{}} +",
        )
    if settings.PRODUCTION and folder.is_relative_to(settings.GEZHI_HOME):
        yield bad(
            "keys.beside",
            _("密钥和数据放在同一个文件夹里（%(folder)s）") % {"folder": folder},
            _("拷走数据就拷走了密钥，等于没有加密。"),
            _("停下服务，把密钥文件夹移到别处（最好是另一块盘），改 GEZHI_KEYS，再启动。"),
            "gezhi check --deploy",
        )
    if not exposed:
        yield well("keys.right", _("%(count)d 样密钥都在") % {"count": len(secrets.PURPOSES)})


def look_at_marks() -> Iterator[Finding]:
    """The keys against the marks that the data keep of them."""
    faults = keymarks.faults(Path(settings.GEZHI_KEYS))
    for fault in faults:
        yield bad(
            "marks.missing",
            fault,
            _("用丢了的密钥封过的姓名、电话、回执都打不开。"),
            _("把备份的密钥文件放回密钥文件夹，不要另做新的。"),
            "gezhi check",
        )
    if not faults:
        yield well("marks.right", _("密钥就是这些数据用过的那些"))


def _fault(folder: Path) -> Finding | None:
    """Why the keys cannot be used at all."""
    why = _("没有密钥，姓名、电话、查询码都打不开，也没有人能登录。")
    try:
        list(folder.iterdir())
        provider = secrets.FileProvider(folder)
        missing = [name for name in secrets.PURPOSES if not _has(provider, name)]
        if not session_key.read(folder) and not settings.SECRET_KEY:
            missing.append(session_key.NAME)
    except secrets.KeyDamaged as error:
        return bad(
            "keys.damaged",
            _("密钥文件坏了：%(what)s") % {"what": error},
            why,
            _("用备份的那一个换回来；不要删掉它另做。"),
            f"ls -l {folder}",
        )
    except (OSError, secrets.KeyMissing):
        return _missing(
            _("密钥文件夹 %(folder)s 是空的，或读不了") % {"folder": folder}, why, folder
        )
    if not missing:
        return None
    shown = {"folder": folder, "names": "、".join(missing)}
    return _missing(_("密钥不全：%(folder)s 里没有 %(names)s") % shown, why, folder)


def _missing(what: str, why: str, folder: Path) -> Finding:
    return bad(
        "keys.missing",
        what,
        why,
        _(
            "看 GEZHI_KEYS 写对没有、密钥盘挂上没有；再把备份的密钥文件放回去。"
            "从来没有用过的新安装，运行 gezhi prepare 会做好。"
        ),
        f"ls -l {folder}",
    )


def _has(provider: secrets.Provider, name: str) -> bool:
    try:
        return bool(provider.key_ids(name))
    except secrets.KeyMissing:
        return False
