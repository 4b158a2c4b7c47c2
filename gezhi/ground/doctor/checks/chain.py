"""A cheap look at the trail: the last blocks, what is not sealed yet, and the newest heads.

From the first row to the last it is checked by `gezhi audit verify`, which takes minutes.
"""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from gezhi.ground.audit import verification
from gezhi.ground.doctor.rules import Finding, bad, watch, well

BLOCKS, HEADS = 3, 50


def look() -> Iterator[Finding]:
    """The first row that does not fit, if any; whether sealing goes on."""
    lately = verification.lately(blocks=BLOCKS, heads=HEADS)
    if lately.broken is not None:
        yield bad(
            "chain.broken",
            _("留痕对不上：%(kind)s %(row)s：%(fault)s")
            % {
                "kind": lately.broken.kind,
                "row": lately.broken.row,
                "fault": lately.broken.fault,
            },
            _("有人绕过程序改了数据，或磁盘坏了；再往后记的就说不清了。"),
            _("不要再改。把数据库另存一份，从头核对看坏在哪一行，告诉审计管理员。"),
            "gezhi audit verify",
        )
        return
    if lately.unsealed_late:
        yield watch(
            "chain.unsealed",
            _("有超过十分钟没有封存的留痕"),
            _("没有封存的，删掉一条查不出来。"),
            _("封存由定时程序做：看“后台任务”那一项，重启服务。"),
            "systemctl restart gezhi",
        )
        return
    yield well(
        "chain.fits",
        _("最近 %(blocks)d 块、%(entries)d 条留痕和 %(heads)d 个链头相符")
        % {"blocks": lately.blocks, "entries": lately.entries, "heads": lately.heads},
    )
