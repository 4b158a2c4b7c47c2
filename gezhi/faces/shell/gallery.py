"""Every part and every state on one page, for those who build and judge pages.

Mounted in development and the demo only. Everything here is made up; nothing is read or stored.
"""

from datetime import timedelta
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.faces.shell.forms import ManyFiles
from gezhi.faces.shell.icons import ICONS
from gezhi.faces.shell.parts import (
    CameBack,
    Fact,
    MenuEntry,
    Photo,
    Stage,
    Tab,
    Tag,
    TimelineStep,
    Version,
)
from gezhi.kernel import clock
from gezhi.kernel.errors import Unseen

PAGES = {
    "parts": gettext_lazy("零件"),
    "desk": gettext_lazy("工作台：一件事"),
    "desk-empty": gettext_lazy("工作台：空"),
    "desk-table": gettext_lazy("工作台：表格"),
    "pocket": gettext_lazy("掌上：今日"),
    "resident": gettext_lazy("居民：我要反映"),
    "receipt": gettext_lazy("居民：回执"),
    "track": gettext_lazy("居民：进度"),
    "plain": gettext_lazy("登录"),
    "conflict": gettext_lazy("冲突"),
    "confirm": gettext_lazy("再问一次（无脚本）"),
}


class SampleForm(forms.Form):
    """One field of every sort."""

    what = forms.CharField(
        label=gettext_lazy("什么事"),
        help_text=gettext_lazy("像跟邻居说一样，写清在哪儿、怎么了、从什么时候开始的。"),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    phone = forms.CharField(
        label=gettext_lazy("您的手机号"),
        required=False,
        help_text=gettext_lazy("只用来告诉您办得怎么样，别人看不到。"),
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("事项类别"),
        choices=[("", gettext_lazy("请选择")), ("lamp", gettext_lazy("路灯不亮"))],
    )
    urgency = forms.ChoiceField(
        label=gettext_lazy("急不急"),
        choices=[
            ("usual", gettext_lazy("一般")),
            ("urgent", gettext_lazy("急")),
            ("danger", gettext_lazy("有危险")),
        ],
        widget=forms.RadioSelect,
        initial="usual",
    )
    ways = forms.MultipleChoiceField(
        label=gettext_lazy("怎么告诉您结果"),
        choices=[("call", gettext_lazy("打电话")), ("message", gettext_lazy("发短信"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    photos = forms.FileField(
        label=gettext_lazy("照片"), required=False, widget=ManyFiles(attrs={"multiple": True})
    )
    anonymous = forms.BooleanField(
        label=gettext_lazy("不留姓名和电话"),
        required=False,
        help_text=gettext_lazy("不留联系方式，请记下编号和查询码来看进度。"),
    )


class FilterForm(forms.Form):
    """The fields of a filter bar."""

    state = forms.ChoiceField(
        label=gettext_lazy("环节"),
        required=False,
        choices=[("", gettext_lazy("全部")), ("reported", gettext_lazy("待受理"))],
    )
    community = forms.ChoiceField(
        label=gettext_lazy("社区"),
        required=False,
        choices=[("", gettext_lazy("全部")), ("a", gettext_lazy("锦官驿社区"))],
    )
    words = forms.CharField(label=gettext_lazy("词"), required=False)


class LoginForm(forms.Form):
    """The fields of the log-in page."""

    login = forms.CharField(label=gettext_lazy("工号"))
    password = forms.CharField(label=gettext_lazy("密码"), widget=forms.PasswordInput)


def _rows() -> list[dict[str, Any]]:
    """A queue with one of every light."""
    now = clock.now()
    told = [
        ("路灯不亮，晚上看不见台阶", "水井坊街 12 号院", "市政设施", -2.2, "handling"),
        (
            "楼道堆了纸箱和电动车，消防通道走不通，楼上老人下不来",
            "崇德里 3 栋 2 单元",
            "消防通道",
            1.5,
            "reported",
        ),
        ("下水道返臭", "锦官驿公寓 1 栋", "排水", 6, "reported"),
        ("想问独居老人助餐怎么办", "大慈寺路 31 号", "咨询", 20, "reported"),
        ("共享单车占盲道", "东大街 88 号门口", "市容", 47, "dispatched"),
        ("树枝压到电线", "天仙桥南路 5 号", "园林", 74, "accepted"),
        ("广场舞声音大，孩子写不了作业", "水井坊博物馆旁", "噪声", 96, "checking"),
    ]
    return [
        {
            "number": f"5101042026112100{index:05d}",
            "title": _(title),
            "place": place,
            "kind": kind,
            "due": now + timedelta(hours=hours),
            "state": state,
            "at": now - timedelta(hours=3 * index, minutes=11),
            "url": "?show=desk",
            "current": index == 1,
        }
        for index, (title, place, kind, hours, state) in enumerate(told)
    ]


def _steps() -> list[TimelineStep]:
    """A case on its way, newest first, with one step still to come and one late."""
    now = clock.now()
    told = [
        TimelineStep(
            "居民反映",
            now - timedelta(days=2, hours=4),
            "居民（手机网页）",
            "晚上七点以后整段路都是黑的，昨天有位老人绊了一跤。",
            photos=_photos(),
        ),
        TimelineStep("受理立案", now - timedelta(days=2, hours=3), "街道中心 · 受理员 周敏"),
        TimelineStep(
            "派单",
            now - timedelta(days=2, hours=2),
            "街道中心 · 派遣员 何川",
            "派给市政养护所，要求 24 小时内修复。",
        ),
        TimelineStep(
            "超过办理时限", now - timedelta(hours=2), kind="late", note="已计入超时，不影响继续办理"
        ),
        TimelineStep("办理中", now - timedelta(hours=20), "市政养护所 · 李建国", kind="now"),
        TimelineStep("核查", kind="next", text="由社区网格员到现场看一眼，和办理的不是同一个人。"),
    ]
    return told[::-1]


def _again() -> dict[str, Any]:
    """A case that is here again: its tags, and why."""
    moment = clock.now() - timedelta(hours=2)
    return {
        "tags": [
            Tag("第 2 次退单", "warn", "return"),
            Tag("返工", "warn", "refresh"),
            Tag("催办", "warn", "bell"),
            Tag("快到期", "warn", "clock"),
            Tag("紧急", "late", "flag"),
            Tag("3 人反映", "line"),
        ],
        "sent_back": [
            CameBack(
                "市政养护所退单：不属于本单位职责",
                "小区里面的路灯归物业维护。",
                moment,
                who="市政养护所 李建国",
                facts=[Fact("应由", "锦悦物业"), Fact("权责清单", "小区公共照明：物业管理条例")],
            ),
            CameBack(
                "核查没通过，请按下面说的返工",
                "还有一袋没清走，地面没冲洗。",
                moment,
                icon="refresh",
                who="街道中心 郑秀英",
                photos=_photos(),
            ),
        ],
    }


def _photos() -> list[Photo]:
    return [
        Photo(static(f"shell/gallery/{name}.svg"), static(f"shell/gallery/{name}.svg"), _(words))
        for name, words in (("lamp", "路灯不亮的路段"), ("stair", "绊倒人的台阶"))
    ]


def _menu(face: str) -> list[MenuEntry]:
    if face == "pocket":
        return [
            MenuEntry("今日", "?show=pocket", "home", 5, True),
            MenuEntry("上报", "?show=pocket", "camera"),
            MenuEntry("核查", "?show=pocket", "check", 2),
            MenuEntry("消息", "?show=pocket", "bell"),
        ]
    return [
        MenuEntry(
            "受理台", "?show=desk", "inbox", 7, face.startswith("desk") and face != "desk-table"
        ),
        MenuEntry("派单台", "?show=desk", "send", 12),
        MenuEntry("待核查", "?show=desk", "check", 3),
        MenuEntry("全部事件", "?show=desk-table", "list", None, face == "desk-table"),
        MenuEntry("来电登记", "?show=desk", "phone"),
        MenuEntry("谁管这里", "?show=desk", "pin"),
        MenuEntry("单位与人员", "?show=desk", "users"),
        MenuEntry("零件", "?show=parts", "grid"),
    ]


def _borders() -> JsonResponse:
    """Six made-up grids, so that the map part shows without any data."""
    features = []
    for index in range(6):
        west, south = 104.082 + index % 3 * 0.004, 30.648 + index // 3 * 0.003
        east, north = west + 0.004, south + 0.003
        # Neighbours share the same bent edge, as real borders do.
        bend = 0.0004
        ring = [
            [west, south],
            [west + 0.0015, south + bend],
            [east, south],
            [east, north],
            [west + 0.0015, north + bend],
            [west, north],
            [west, south],
        ]
        features.append(
            {
                "type": "Feature",
                "properties": {"name": f"第 {index + 1} 网格", "current": index == 2},
                "geometry": {"type": "Polygon", "coordinates": [ring]},
            }
        )
    return JsonResponse({"type": "FeatureCollection", "features": features})


def _forms() -> dict[str, Any]:
    """The same form empty and refused."""
    refused = SampleForm(
        {"refused-phone": "1380000", "refused-urgency": "urgent"}, prefix="refused"
    )
    refused.is_valid()
    refused.add_error("phone", _("手机号是 11 位数字，请再核对一下；也可以不填。"))
    refused.errors["what"] = refused.error_class([_("请写一句发生了什么，比如“3 栋楼道灯不亮”。")])
    refused.errors["kind"] = refused.error_class([_("请选一个最接近的类别，选错了可以改。")])
    return {
        "form": SampleForm(),
        "asked": SampleForm(prefix="asked"),
        "refused": refused,
        "filters": FilterForm(),
        "login": LoginForm(),
    }


def gallery(request: HttpRequest) -> HttpResponse:
    """Show the parts, or one sample page named by `?show=`; `&size=large` shows the elder size.

    Refuses an unknown name as not found (Unseen).
    """
    show = request.GET.get("show", "parts")
    if show == "borders":
        return _borders()
    if show not in PAGES:
        raise Unseen(_("没有这个样例"))
    try:
        here = reverse("shell:gallery")
    except NoReverseMatch:
        here = request.path
    rows = _rows()
    context = {
        **_forms(),
        "pages": [(name, label, name == show) for name, label in PAGES.items()],
        "show": show,
        "here": here,
        "menu": _menu(show),
        "icons": sorted(ICONS),
        "rows": rows,
        "case": rows[1],
        "steps": _steps(),
        **_again(),
        "photos": _photos(),
        "facts": [
            Fact("地点", "崇德里 3 栋 2 单元 楼道"),
            Fact("所属网格", "锦官驿社区 第 3 网格"),
            Fact("反映人", "王**（138****0000）"),
            Fact("渠道", "居民手机网页"),
        ],
        "advice": [
            Fact("类别", "消防通道堵塞"),
            Fact("承办单位", "锦官驿社区居委会"),
            Fact("办理时限", "4 小时（工作时），今天 18:00 前"),
        ],
        "stages": [
            Stage("已收到", "past"),
            Stage("已受理", "past"),
            Stage("办理中", "now"),
            Stage("核查", "next"),
            Stage("办结", "next"),
        ],
        "tabs": [
            Tab("待受理", "?show=desk", 7, True),
            Tab("核实中", "?show=desk", 2),
            Tab("快到期", "?show=desk", 1),
            Tab("今天办完的", "?show=desk"),
        ],
        "versions": [
            Version("类别", "消防通道堵塞", "楼道杂物"),
            Version("承办单位", "锦官驿社区", "锦官驿社区"),
            Version("说明", "纸箱和电动车都在二单元门口，请今天清走。", "已通知物业，明早清运。"),
        ],
        "borders_url": f"{here}?show=borders",
        "now": clock.now(),
        "person_name": "周敏",
        "unit_name": "街道治理中心 · 受理员",
        "street_name": "锦官驿街道",
        "title": _("不予受理这件事？"),
        "deed": _("不予受理"),
        "kind": "danger",
        "url": "?show=desk",
        "back_url": "?show=desk",
        "place_words": "锦官驿社区 第 3 网格",
        "viewer": None,
        "searches": True,
    }
    if request.GET.get("size") == "large":
        context["large_text"] = True
    return render(request, f"shell/gallery/{show}.html", context)
