"""What the trail says of invitations and of words for a group."""

from django.utils.translation import gettext_lazy as _

from gezhi.ground.audit.wording import Family, Wording

WORDING = Wording(
    families={
        "invitations": Family(24, _("临时链接")),
    },
    verbs={
        "invitations.open": _("用链接和码打开"),
        "invitations.wrong_code": _("链接对、码不对"),
        "read.group_text": _("取发群的话"),
    },
    kinds={
        "invitation": _("临时链接"),
    },
    details={
        "device": _("第几台手机"),
    },
)
