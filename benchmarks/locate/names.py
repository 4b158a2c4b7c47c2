"""Invented names of estates, roads and villages, near ones and double ones among them."""

from collections.abc import Iterator
from typing import Final

import numpy as np

ROADS: Final = (
    "凤凰大道",
    "锦汇东路",
    "锦汇西路",
    "红星南路",
    "红星北路",
    "建材路",
    "牛沙路",
    "静居寺路",
    "龙舟路",
    "莲花北街",
    "莲花南街",
    "工农院街",
    "一环路东三段",
    "二环路东五段",
    "成仁公路",
    "三官堂街",
    "琉璃路",
    "华润路",
    "金石路",
    "银木街",
    "柳江街",
    "榆钱街",
    "粮丰街",
    "棬子树街",
    "喜树路",
    "海桐街",
    "驸马街",
    "柏杨一路",
    "柏杨二路",
    "皇经楼路",
)
VILLAGES: Final = ("凤凰村", "粮丰村", "大安桥村", "皇经村", "三圣村", "柏杨村", "万福村", "红砂村")
STYLES: Final = (
    "plain", "number", "letter", "letter_number", "stem",
    "phases", "apart", "areas", "groups", "bare", "lettered",
)  # fmt: skip
STYLE_SHARES: Final = (0.40, 0.12, 0.08, 0.05, 0.03, 0.07, 0.06, 0.07, 0.04, 0.05, 0.03)

_BRANDS: Final = (
    "中恒",
    "万景",
    "蓝汇",
    "龙锦",
    "华兴",
    "鑫泰",
    "远成",
    "城投",
    "绿信",
    "嘉和",
    "卓瑞",
    "首信",
)
_WORDS: Final = (
    "翡翠",
    "晶蓝",
    "锦园",
    "半岛",
    "公园里",
    "阳光",
    "香榭",
    "四季",
    "卡布里",
    "云顶",
    "铂悦",
    "雍锦",
    "东方",
    "曼哈顿",
    "滨江",
    "蔚蓝",
    "林语",
    "溪谷",
    "国色",
    "御景",
    "学府",
    "大观",
    "世家",
    "麓湖",
    "天樾",
    "牡丹",
    "西雅",
    "蓝湾",
    "名门",
    "锦上",
    "时代",
    "领地",
    "橡树",
    "水岸",
)
_TAILS: Final = (
    "花园",
    "家园",
    "小区",
    "苑",
    "名苑",
    "雅苑",
    "公寓",
    "新城",
    "山庄",
    "广场",
    "府",
    "城",
    "国际",
    "公馆",
    "华府",
    "佳苑",
    "庭院",
    "里",
)
# Pairs that a careless reader takes for one another: by sound, by one sign, by an end.
_NEAR: Final = (
    "锦秀花园",
    "锦绣花园",
    "书香苑",
    "舒香苑",
    "金沙苑",
    "金砂苑",
    "望江花园",
    "望江家园",
    "富丽新城",
    "富力新城",
    "东苑小区",
    "东园小区",
    "天府花园",
    "天福花园",
    "玉林北苑",
    "玉林南苑",
    "长城馨苑",
    "长城欣苑",
    "五福苑",
    "五福园",
)
DOUBLE: Final = ("幸福家园", "阳光花园", "滨河花园")

NICKNAMES: Final = tuple(
    f"{head}{tail}"
    for head in (
        [
            "老铁路",
            "红砖",
            "白鹭",
            "大榕树",
            "旧糖厂",
            "钟楼脚",
            "水塔",
            "小桥",
            "竹林",
            "粮库",
            "灯塔",
            "石狮",
            "蓝顶",
            "果园",
            "老车站",
            "油坊",
            "鱼塘",
            "磨坊",
            "窑口",
            "马家",
            "刘家",
            "苏坡",
            "盐市",
            "枣子",
            "橘子",
            "酱园",
        ]
    )
    for tail in ("大院", "那片", "院坝", "楼盘")
)


def estate_names(rng: np.random.Generator) -> Iterator[str]:
    """Names without end: near ones and double ones first, each double one twice."""
    yield from _NEAR
    for name in DOUBLE:
        yield name
        yield name
    seen: set[str] = set()
    while True:
        name = str(rng.choice(_WORDS)) + str(rng.choice(_TAILS))
        if rng.random() < 0.5:
            name = str(rng.choice(_BRANDS)) + name
        if name not in seen:
            seen.add(name)
            yield name
