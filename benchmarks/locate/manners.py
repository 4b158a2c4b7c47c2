"""How people write addresses: two sets, one to develop with and one held out for the figures.

They share the kinds of noise and nothing else: other formats, other words before and after, other
slips of the pen and of the ear. `{}` stands for the number in a format's parts.
"""

from dataclasses import dataclass
from typing import Final

# Tails people leave off when they say a compound's name short.
TAILS: Final = (
    "花园",
    "家园",
    "小区",
    "名苑",
    "雅苑",
    "公寓",
    "新城",
    "山庄",
    "国际",
    "公馆",
    "华府",
    "佳苑",
    "庭院",
    "新村",
    "华庭",
)


@dataclass(frozen=True, slots=True)
class Format:
    """Parts after the name; `numerals` arabic, chinese or capital; `floor` "" for a whole room."""

    building: str
    stairwell: str
    room: str
    floor: str = ""
    numerals: str = "arabic"
    gap: str = ""
    wide: bool = False
    lower: bool = False


@dataclass(frozen=True, slots=True)
class Manner:
    """One set of habits."""

    name: str
    formats: tuple[Format, ...]
    prefixes: tuple[str, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]
    beside: tuple[str, ...]
    suffix_slips: tuple[tuple[str, str], ...]
    suffix_sounds: tuple[tuple[str, str], ...]
    shapes: tuple[str, ...]
    parity: int
    blurred: bool
    orders: tuple[str, ...]


DEVELOPMENT: Final = Manner(
    name="开发用",
    formats=(
        Format("{}栋", "{}单元", "{}"),
        Format("{}栋", "{}单元", "{}室"),
        Format("{}栋", "{}单元", "{}号"),
        Format("{}-", "{}-", "{}"),
        Format("{}#", "{}-", "{}"),
        Format("{}幢", "{}单元", "{}室"),
        Format("{}号楼", "{}单元", "{}"),
        Format("{}栋", "{}单元", "{}", floor="{}楼"),
        Format("{}栋", "{}单元", "{}号", floor="{}层"),
        Format("{}栋", "{}单元", "{}", floor="{}楼", numerals="chinese"),
        Format("{}栋", "{}单元", "{}", numerals="chinese"),
        Format("{}栋", "{}-", "{}"),
        Format("{}号楼", "{}门", "{}室"),
        Format("{}栋", "{}单元", "{}", gap=" "),
    ),
    prefixes=("成都市锦江区", "锦江区", "四川省成都市锦江区", "成都"),
    before=("您好，我家住在", "我是", "请问", "反映一下，", "地址：", "我们小区", "业主来电称，"),
    after=(
        "楼下的下水道堵了", "，请尽快处理，谢谢！", "的住户", "漏水，联系电话13812345678",
        "晚上10点还在施工", "有2台电梯坏了", "（已经反映3次）", "楼上装修太吵",
        "门口的路灯不亮", "，2026年3月1日起停水",
    ),
    beside=("旁边", "对面", "附近"),
    suffix_slips=(("栋", "东"), ("单元", "单园"), ("幢", "撞"), ("室", "事"), ("单元", "单")),
    suffix_sounds=(("栋", "动"), ("单元", "单员"), ("楼", "搂"), ("号", "好")),
    shapes=("园圆", "苑宛", "府俯", "花化", "家冢", "锦绵", "城诚", "新斩", "里理", "区巨"),
    parity=0,
    blurred=False,
    orders=("tail_first", "unit_first"),
)  # fmt: skip

HELD_OUT: Final = Manner(
    name="保留",
    formats=(
        Format("{}栋", "{}单元", "{}房"),
        Format("{}栋", "{}单元", "{}户"),
        Format("{}座", "{}梯", "{}"),
        Format("{}/", "{}/", "{}"),
        Format("{}#楼", "{}#", "{}#"),
        Format("{}—", "{}—", "{}"),
        Format("{}-", "{}-", "{}", wide=True),
        Format("第{}栋", "第{}单元", "{}号", floor="第{}层"),
        Format("{}栋", "{}单元", "{}室", floor="{}F"),
        Format("{}幢", "{}门", "{}室", numerals="chinese"),
        Format("{}栋", "{}单元", "{}号", floor="{}楼", numerals="capital"),
        Format("{}号楼", "{}单元", "-{}", floor="{}"),
        Format("{}栋", "{}单元", "{}", gap="，"),
        Format("{}栋楼", "{}单元", "{}号房间"),
        Format("{}楼栋", "{}单元", "{}"),
        Format("{}栋", "{}单元", "{}", wide=True),
        Format("{}号楼", "{}单元", "{}室", gap=" ", lower=True),
    ),
    prefixes=("四川成都锦江", "成都市·锦江区·", "锦江区锦官驿街道", "中国四川省成都市锦江区", "本市锦江区"),
    before=(
        "本人系", "尊敬的领导：我是", "【噪音】", "家住", "事发地点在", "麻烦看一下", "老人独居，住",
        "2026-05-03 20:15 来电，", "12345转来：",
    ),
    after=(
        "业主，物业一直不管", " 3个月没人收垃圾", "。孩子上5年级，路上没有斑马线", "天花板滴水\n图片2张",
        "家里停电两天了！！！", "，电话：028-86661234", "有人养了4条狗", "一楼商铺油烟大",
        "（60多户都这样）", "，昨晚11:30分开始的", "<br>谢谢", "我们二十几户联名反映",
    ),
    beside=("斜对面", "隔壁", "旁", "后面", "周边"),
    suffix_slips=(("栋", "拣"), ("单元", "元单"), ("幢", "憧"), ("号楼", "号搂"), ("单元", "单无")),
    suffix_sounds=(("栋", "洞"), ("幢", "状"), ("单元", "担元"), ("室", "是"), ("号", "浩")),
    shapes=("园园", "苑范", "府附", "花华", "家字", "城域", "新亲", "庭挺", "寓遇", "湾弯", "水永", "东车"),
    parity=1,
    blurred=True,
    orders=("tail_first", "unit_first", "room_first"),
)  # fmt: skip
