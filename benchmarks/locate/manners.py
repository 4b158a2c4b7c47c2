"""How people write addresses: five sets.

`DEVELOPMENT` was open while the parser was written. `SECOND` and then `THIRD` were held out until
the parser stood, gave their figures once (docs/methods/locate.md), and were open from then on.
`HELD_OUT` was written at that moment and gives the figure that counts: its texts are not looked
at, only its sums. `FOURTH` was written later and open from the first, to find what is still unread.

The sets share the kinds of noise and little else: other formats, other words before and after, other
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

SECOND: Final = Manner(
    name="第二组",
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

THIRD: Final = Manner(
    name="第三组",
    formats=(
        Format("{}栋", "{}单元", "{}"),
        Format("{}号楼", "{}单元", "{}室"),
        Format("{}栋", "{}单元", "{}号", floor="{}楼"),
        Format("{}栋", "{}单元", "{}室", floor="{}层"),
        Format("{}#-", "{}-", "{}"),
        Format("{}.", "{}.", "{}"),
        Format("{}幢", "{}-", "{}室"),
        Format("{}栋-", "{}单元-", "{}"),
        Format("{}座", "{}单元", "{}室"),
        Format("{}栋", "（{}单元）", "{}"),
        Format("{}栋", "{}单元", "{}室", gap="、"),
        Format("{} 幢 ", "{} 单元 ", "{} 室"),
        Format("第{}幢", "{}单元", "{}"),
        Format("{}栋", "{}单元", "{}", wide=True),
        Format("{}号楼", "{}单元", "{}", numerals="chinese"),
        Format("{}栋", "{}单元", "{}号", floor="{}楼", numerals="chinese"),
        Format("{}-", "{}-", "{}室", lower=True),
        Format("{}号楼-", "{}-", "{}"),
    ),
    prefixes=("锦江区", "四川省成都市", "成都锦江区", "成都市锦江区锦官驿街道办", "我区"),
    before=(
        "投诉人住", "居民陈女士反映：", "【咨询】", "你好，", "位于", "急急急！！", "关于", "我们是",
        "昨天上午9点，", "各位领导好，我在", "地点:", "帮忙看看",
    ),
    after=(
        "电梯停运", "的下水道", "。楼顶漏雨，已投诉2次", " 谢谢领导", "，3号线施工噪音大",
        "，共12户受影响", "一直没人处理", "油烟扰民", "，限期15天内整改", "的单元门坏了", "有人高空抛物",
        "（附照片4张）", "～麻烦尽快", "，电话13900001111", "里面积水",
    ),
    beside=("边上", "正对面", "背后", "旁边"),
    suffix_slips=(("栋", "桩"), ("单元", "单页"), ("幢", "懂"), ("号楼", "号娄"), ("单元", "革元")),
    suffix_sounds=(("栋", "冻"), ("单元", "单源"), ("楼", "篓"), ("号", "豪"), ("室", "市")),
    shapes=("园囿", "苑怨", "府腑", "花茬", "家豪", "城诚", "新薪", "庭廷", "寓寅", "国围", "墅野"),
    parity=1,
    blurred=True,
    orders=("tail_first", "unit_first", "room_first", "reversed"),
)  # fmt: skip

FOURTH: Final = Manner(
    name="第四组",
    formats=(
        Format("{}栋", "{}单元", "{}"),
        Format("{}栋", "{}单元", "{}号房"),
        Format("{}号楼", "{}单元", "{}户"),
        Format("{}幢", "{}单元", "{}房间"),
        Format("{}栋", "{}单元", "{}门"),
        Format("{}--", "{}--", "{}"),
        Format("{}号", "{}单元", "{}室"),
        Format("{}#", "{}单元", "{}"),
        Format("{}栋", "{}单元，", "{}室"),
        Format("{}栋，", "{}单元，", "{}"),
        Format("[{}栋]", "[{}单元]", "[{}]"),
        Format("{}栋/", "{}单元/", "{}室"),
        Format("{}栋", "{}单元", "{}号", floor="{}楼", numerals="chinese"),
        Format("{}栋", "{}单元", "{}房", floor="{}层", numerals="capital"),
        Format("{}栋", "{}单元", "-{}", floor="{}楼"),
        Format("{}号楼", "{}单元", "{}户", floor="第{}层"),
        Format("{}栋", "{}单元", "{}", gap=" - "),
        Format("{}栋的", "{}单元的", "{}"),
        Format("{}幢", "{}号门", "{}室"),
        Format("{}座", "{}单元", "{}", wide=True),
        Format("{}号楼", "{}#", "{}", lower=True),
        Format("第{}号楼", "第{}单元", "第{}室"),
        Format("{}栋", "{}单元", "{}（室）"),
        Format("{}栋楼", "{}单元楼", "{}"),
    ),
    prefixes=("成都市锦江区锦官驿街道", "成都市锦江", "四川省锦江区", "中国成都", "蓉城"),
    before=(
        "我住", "群众反映", "（匿名）", "市民王先生来电反映，其居住在", "老师您好！", "我爸妈住", "再次反映：",
        "Hello，", "我的地址是", "2026年5月3日，", "电话13812345678，", "多次拨打12345，", "本人为", "住址",
        "@物业 ", "房号：",
    ),
    after=(
        "厕所返水", "住户反映", "反映停水", "装修噪音", "户主", "这户在敲墙", "刘女士", "，", "。", "楼道堆杂物",
        "邻居养狗", "门前积水", "这里没有路灯", "有一处裂缝", "断网5天", "一楼漏水", "二楼阳台外飘", "外墙脱落",
        "，共3处", "漏水2处", ":水管爆了", "\n联系人：张", "～", "…", "我家没水", "已经3天", "，身份证5101",
        "24小时噪音", "第3次反映", "（急）", "/电梯故障", "要求退费300元", "反映：楼上漏水",
    ),
    beside=("旁边", "外面", "后边", "附近", "的对面", " 旁"),
    suffix_slips=(
        ("栋", "栎"), ("单元", "単元"), ("单元", "元"), ("楼", "娄"), ("号", "号号"), ("室", "宝"), ("栋", "栋栋"),
    ),
    suffix_sounds=(
        ("栋", "懂"), ("单元", "丹元"), ("单元", "单原"), ("室", "式"), ("楼", "漏"), ("号", "毫"), ("幢", "壮"),
    ),
    shapes=("园圜", "苑菀", "府俯", "花芲", "家豕", "城诚", "新昕", "庭挺", "寓萬", "国囯"),
    parity=0,
    blurred=True,
    orders=("tail_first", "unit_first", "room_first", "reversed"),
)  # fmt: skip

HELD_OUT: Final = Manner(
    name="保留",
    formats=(
        Format("{}栋", "{}单元", "{}"),
        Format("{}栋", "{}单元", "{}室"),
        Format("{}幢", "{}单元", "{}"),
        Format("{}号楼", "{}单元", "{}号"),
        Format("{}-", "{}-", "{}号"),
        Format("{}#", "{}单元", "{}"),
        Format("{}栋", "{}单元", "{}房号"),
        Format("{}栋", "{}门", "{}"),
        Format("{}栋", "{}单元", "{}户", floor="{}层"),
        Format("{}栋 ", "{}单元 ", "{}号", floor="{}楼"),
        Format("{}号楼 ", "{}单元", " {}室"),
        Format("{}栋/", "{}单元/", "{}"),
        Format("{}栋", "{}单元", "{}", numerals="chinese", floor="{}层"),
        Format("{}幢", "{}单元", "{}室", numerals="chinese"),
        Format("{}栋，", "{}单元，", "{}室"),
        Format("[{}栋]", "[{}单元]", "[{}]"),
        Format("{}栋", "{}-", "{}号"),
        Format("{}座", "{}单元", "{}房", wide=True),
    ),
    prefixes=("成都市锦江区", "锦江区", "四川省锦江区", "成都锦江", "锦江区锦官驿街道"),
    before=(
        "群众反映", "张先生来电：", "您好！我住", "想咨询一下", "因", "求助：", "现有", "物业不作为，",
        "上周3，", "夜间23点，", "住址", "麻烦处理", "家在",
    ),
    after=(
        "没有热水", "外墙脱落", "住户养狗扰民", "。请问什么时候通气？", "！！！", "，共2处",
        "，4月15日起停暖", "消防通道被占", "楼道堆满杂物", " 已报修5次", "；联系人：王女士", "门禁坏了",
        "排烟管对着窗户", "（附近居民都知道）", "，8路公交站旁", "阳台渗水",
    ),
    beside=("旁", "对面", "周围", "后边", "侧面"),
    suffix_slips=(("栋", "株"), ("单元", "单兀"), ("幢", "瞳"), ("号楼", "号桉"), ("单元", "早元")),
    suffix_sounds=(("栋", "懂"), ("单元", "丹元"), ("幢", "壮"), ("楼", "娄"), ("室", "式")),
    shapes=("园圈", "苑苞", "府俯", "花茶", "家宗", "城减", "新欣", "庭挺", "巷港", "国固", "院皖"),
    parity=0,
    blurred=True,
    orders=("tail_first", "unit_first", "reversed"),
)  # fmt: skip
