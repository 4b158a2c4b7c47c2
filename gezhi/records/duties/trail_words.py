"""What the trail says of the duty list."""

from django.utils.translation import gettext_lazy as _

from gezhi.ground.audit.wording import Family, Wording

WORDING = Wording(
    families={
        "duties": Family(60, _("权责")),
    },
    verbs={
        "duties.add": _("加入权责"),
        "duties.add_list": _("批量导入权责"),
        "duties.take_back": _("撤销导入的权责"),
        "duties.end": _("结束权责"),
        "duties.hand_over": _("移交权责"),
        "duties.hand_over_routes": _("移交派单规则"),
        "duties.draft_route": _("草拟派单规则"),
        "duties.change_draft": _("改派单规则的草稿"),
        "duties.drop_draft": _("删掉派单规则的草稿"),
        "duties.enact_route": _("派单规则生效"),
        "duties.end_route": _("结束派单规则"),
        "duties.ask_admission": _("问能不能交给社区"),
        "duties.allow_admission": _("准入社区事项"),
    },
    kinds={
        "duty": _("权责"),
        "route": _("派单规则"),
        "admission": _("社区事项准入"),
    },
    details={
        "class": _("类别"),
        "duties": _("权责数"),
        "routes": _("派单规则数"),
        "replaces": _("换下"),
        "office": _("社区"),
        "until": _("到哪天止"),
    },
)
