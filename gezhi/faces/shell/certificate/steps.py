"""How the authority is installed on each kind of device: steps, and the screens one passes."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext_lazy as _

Words = Any


@dataclass(frozen=True, slots=True)
class Step:
    """What to do; `path` are the entries one taps, from the first screen on."""

    text: Words
    path: Sequence[Words] = ()

    @property
    def screens(self) -> list[tuple[Words, Words]]:
        """What stands at the head of each screen, and the entry on it that is tapped."""
        return list(pairwise(self.path))


@dataclass(frozen=True, slots=True)
class Device:
    """One kind of device. `marks` are words of its browsers' names for themselves."""

    name: Words
    marks: tuple[str, ...]
    steps: tuple[Step, ...]
    note: Words = ""


_SETTINGS = _("设置")

# The order counts: an Android browser also says Linux, one on HarmonyOS may say Android.
DEVICES = (
    Device(
        _("华为、鸿蒙手机"),
        ("HarmonyOS", "OpenHarmony", "HUAWEI", "HONOR"),
        (
            Step(_("用手机自带的浏览器打开这一页，点上面的“下载根证书”，存下来。")),
            Step(
                _(
                    "打开手机的“设置”，照图一层层点进去，选“CA 证书”。鸿蒙 5 以后在“隐私和安全 › 高级 › 证书与凭据”。"
                ),
                (_SETTINGS, _("安全"), _("更多安全设置"), _("加密和凭据"), _("从存储设备安装")),
            ),
            Step(_("选刚下载的 gezhi.crt，按提示输入锁屏密码。")),
            Step(
                _("核对指纹：在“用户”那一栏点开“格治”，看 SHA-256 指纹。"),
                (_("加密和凭据"), _("受信任的凭据"), _("用户")),
            ),
        ),
        _("找不到就在设置最上面搜“证书”。微信里打开的页面不认装上的证书，请用浏览器打开。"),
    ),
    Device(
        _("安卓手机（小米、OPPO、vivo 等）"),
        ("Android",),
        (
            Step(_("用手机的浏览器打开这一页，点上面的“下载根证书”，存下来。")),
            Step(
                _("打开手机的“设置”，照图一层层点进去，选“CA 证书”，再点“仍然安装”。"),
                (_SETTINGS, _("安全"), _("更多安全设置"), _("加密与凭据"), _("安装证书")),
            ),
            Step(_("选刚下载的 gezhi.crt，按提示输入锁屏密码。")),
            Step(
                _("核对指纹：在“用户”那一栏点开“格治”，看 SHA-256 指纹。"),
                (_("加密与凭据"), _("信任的凭据"), _("用户")),
            ),
        ),
        _(
            "各家手机的叫法不同，找不到就在设置最上面搜“证书”或“凭据”。微信里打开的页面不认装上的证书，请用浏览器打开。"
        ),
    ),
    Device(
        _("苹果手机和平板（iPhone、iPad）"),
        ("iPhone", "iPad"),
        (
            Step(_("用 Safari 打开这一页，点上面的“下载根证书”，再点“允许”。")),
            Step(
                _(
                    "打开“设置”，点“已下载描述文件”，再点右上角的“安装”。点“更多详细信息”可以核对指纹。"
                ),
                (_SETTINGS, _("已下载描述文件"), _("安装")),
            ),
            Step(
                _("装好还差一步：在“证书信任设置”里，把“格治”右边的开关打开。"),
                (_SETTINGS, _("通用"), _("关于本机"), _("证书信任设置")),
            ),
        ),
    ),
    Device(
        _("Windows 电脑"),
        ("Windows",),
        (
            Step(_("点上面的“下载根证书”，打开下载的 gezhi.crt，点“安装证书”，选“当前用户”。")),
            Step(
                _(
                    "选“将所有的证书都放入下列存储”，点“浏览”，选“受信任的根证书颁发机构”，再点“完成”。"
                ),
                (_("证书导入向导"), _("将所有的证书都放入下列存储"), _("受信任的根证书颁发机构")),
            ),
            Step(
                _(
                    "出来“安全警告”，上面有一串指纹（sha1）：和这一页的 SHA-1 指纹对一对，一样才点“是”。"
                )
            ),
            Step(_("把浏览器全部关掉，再打开。")),
        ),
        _(
            "Edge、Chrome 和国产浏览器都认；Firefox 要在“设置 › 隐私与安全 › 查看证书 › 证书颁发机构”里导入。"
        ),
    ),
    Device(
        _("麒麟、统信电脑（Linux）"),
        ("Linux",),
        (
            Step(_("点上面的“下载根证书”，存下来。")),
            Step(
                _(
                    "打开浏览器的设置，照图点进去，在“授权机构”里点“导入”，选 gezhi.crt，勾上“信任该证书，以标识网站身份”。"
                ),
                (_SETTINGS, _("隐私和安全"), _("管理证书"), _("授权机构")),
            ),
        ),
    ),
)


def device_of(agent: str) -> int:
    """Which of the devices a browser says it runs on; -1 when it does not say."""
    for at, device in enumerate(DEVICES):
        if any(mark in agent for mark in device.marks):
            return at
    return -1
