"""Why a division was refused, what was repaired, and why bounds cannot be held, in words."""

from typing import Any

from django.utils.translation import gettext as _

from gezhi.methods.divide import Certificate, Refused

_SHOWN = 8


def refusal_in_words(refused: Refused) -> str:
    """One sentence; positions are indexes into the input file, counted from 0."""
    where = _listed(refused.facts)
    sentences = {
        "empty": _("文件里没有楼栋或单元。"),
        "not_geojson": _("不是 GeoJSON 的 FeatureCollection。"),
        "geometry": _("这些单元缺少点或面：%s"),
        "coordinates": _("这些单元的坐标超出范围：%s"),
        "weight": _("这些单元的计数缺失、为负或不是整数：%s"),
        "beyond_repair": _("这些面无法修复：%s"),
        "mixed_crs": _("坐标系混用：有的是经纬度，有的是米。"),
        "outside": _("这些单元在所有社区边界之外 50 米以上：%s"),
        "overlap": _("社区边界互相重叠：%s"),
        "border_geometry": _("社区边界不是面：%s"),
        "line_geometry": _("道路或阻隔不是线或面：%s"),
        "community_missing": _("有的单元写了社区，这些没有写：%s"),
        "no_load": _("所有单元的户数合计为零，无可划分。"),
        "bounds": _("上下限不合理：应有 0 < 下限 ≤ 目标 ≤ 上限。"),
        "empty_shape": _("这些单元没有形状：%s"),
        "load": _("这些单元的计数为负：%s"),
        "links": _("单元之间的联系不合规矩。"),
        "roads": _("有不认识的道路等级。"),
        "proposal": _("没有这种方案。"),
        "today": _("现状网格与单元不是一一对应。"),
        "no_solver": _("没有安装求解器 OR-tools。"),
        "today_missing": _("“最接近现状”需要单元带有现状网格（属性 grid）。"),
    }
    sentence = sentences.get(refused.code, refused.code)
    return sentence % where if "%s" in sentence else sentence


def note_in_words(name: str, facts: dict[str, Any]) -> str:
    """What was repaired or looks wrong."""
    sentences = {
        "same_position": _("有单元位于同一点，已各自错开 0.3 米：共 %(atoms)s 个单元"),
        "polygon_mended": _("自相交的面已修复：%(atoms)s"),
        "border_mended": _("自相交的社区边界已修复：%(communities)s"),
        "overlap_cut": _("社区边界的细小重叠已归前者：%(communities)s"),
        "moved_inside": _("略在边界之外的单元已移入最近社区：%(atoms)s"),
        "community_differs": _("单元所写社区与所在位置不同，以位置为准：%(atoms)s"),
        "community_without_units": _("没有单元的社区：%(communities)s"),
        "road_class_unknown": _("等级不明的道路按一般道路计：%(roads)s 条"),
    }
    shown = {key: _short(value) for key, value in facts.items()}
    return sentences[name] % shown if name in sentences else name


def reason_in_words(reason: Certificate) -> str:
    """Why some grid must break the bounds."""
    sentences = {
        "overfull": _("单元 %(atoms)s 一处就有 %(total)d，超过上限"),
        "island": _("单元 %(atoms)s 与别处隔断，合计 %(total)d，无法分成符合上下限的网格"),
        "knot": _("单元 %(atoms)s 无论如何搭配，都不能全部落在符合上下限的网格里"),
    }
    return sentences[reason.kind] % {"atoms": _short(list(reason.atoms)), "total": reason.total}


def _listed(facts: dict[str, object]) -> str:
    for key in ("atoms", "communities", "features"):
        if key in facts:
            return _short(facts[key])
    return ""


def _short(value: object) -> str:
    if not isinstance(value, list):
        return str(value)
    shown = "、".join(str(item) for item in value[:_SHOWN])
    return shown + (_(" 等 %d 个") % len(value) if len(value) > _SHOWN else "")
