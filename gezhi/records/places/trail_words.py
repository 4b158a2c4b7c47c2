"""What the trail says of areas and places."""

from django.utils.translation import gettext_lazy as _

from gezhi.ground.audit.wording import Family, Wording

WORDING = Wording(
    families={
        "places": Family(80, _("区域与地点")),
    },
    verbs={
        "places.register_district": _("登记区县"),
        "places.register_street": _("登记街道"),
        "places.register_community": _("登记社区"),
        "places.set_borders": _("画边界"),
        "places.open_grids": _("建立网格"),
        "places.fill_grid": _("登记网格里的小区楼栋"),
        "places.add_places": _("登记地点"),
        "places.relocate_places": _("重新归入网格"),
    },
    kinds={
        "area": _("区域"),
        "district": _("区县"),
        "place": _("地点"),
    },
    details={
        "added": _("新增"),
        "moved": _("移动"),
        "areas": _("区域数"),
        "code": _("代码"),
        "grids": _("网格数"),
    },
)
