"""Names for roads, compounds, sites and people: made up in the local style, nobody's in truth."""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np


def _listed(text: str) -> tuple[str, ...]:
    """Names written apart by blanks: a list of two hundred is read better so."""
    return tuple(text.split())


ROLES: Final = {
    "north": "迎晖大道",
    "east": "锦东环路",
    "across": "锦驿大道",
    "west": "安澜路",
    "middle": "梧桐路",
    "river": "滨锦路",
}

_HEADS: Final = _listed(
    "均福 双槐 锦纹 听雨 浣纱 石栏 木芙蓉 竹篾 青瓦 灯盏 酒旗 蜀锦 染青 纸坊 砚台 茶铺 "
    "米市 铁匠 铜壶 马掌 车水 渡船 石磨 古榕 香樟 皂角 玉兰 蜡梅 丹桂 枇杷 石榴 核桃 "
    "杏花 云杉 金鳞 银匠 绣线 鼓楼墙 望锦 和顺 永宁 太平坝 万安 吉祥 清风 明月井 长寿 百花坪"
)
_LANE_TAILS: Final = ("一巷", "二巷", "三巷", "横街", "后街", "里")

_OLD: Final = _listed(
    "锦纺厂宿舍 市二建宿舍 东城粮站宿舍 水电五处宿舍 红光厂宿舍 省建三司宿舍 印刷厂宿舍 "
    "木综厂宿舍 邮电宿舍 公交四队宿舍 锦江副食宿舍 东风机械厂宿舍"
)
_WORDS: Final = _listed(
    "锦岸 云庭 和悦 枫林 翠屏 金荷 碧波 兰亭 桂香 望江 书香 静安 怡和 锦绣 康宁 汇锦 "
    "春晖 清水 东湖 明珠 玉泉 紫荆 雅颂 观澜 澜庭 星河 凤鸣 天悦 绿洲 芙蓉 梧桐 "
    "安顺 福临 景园 听涛 华锦 百合 银都 世纪 朝晖 江枫 映月 长青 瑞祥 嘉禾 富临 水岸 金沙 "
    "青禾 海棠 云锦 锦成 东篱 知春 沐春 临江 惠民 双喜 同心 顺江 滨河 合欢 暖阳 竹海"
)
_TAILS: Final = {
    "walk_up": ("小区", "苑", "新村", "里"),
    "lift": ("花园", "家园", "名苑", "雅居"),
    "tower": ("府", "华庭", "公馆", "江岸", "国际"),
}

_SURNAMES: Final = (
    "李王张刘陈杨黄罗唐周邓何曾吴谢胡徐廖彭林赵蒋朱袁冯肖谭夏郑邱苏钟吕高程潘雷叶蔡郭薛向文龚"
)
_GIVEN: Final = _listed(
    "建国 秀英 志强 桂芳 晓燕 国庆 丽娟 明辉 玉梅 俊杰 婷婷 文博 雪梅 海涛 春兰 小龙 佳怡 "
    "永福 淑华 立新 思远 红霞 光明 敏 洪 静 伟 娜 勇 琳 磊 洁 刚 倩 军 颖 波 雯 超 慧 鹏 "
    "正平 素珍 长生 德贵 世英 天成 雨桐 子涵 泽宇 欣悦 承志 家兴 福生 玉兰 绍辉 定国 光荣 克勤"
)


def road_names(kinds: Sequence[tuple[str, str]], nearest: Sequence[int]) -> list[str]:
    """A name for every road, from (class, role) and, for a lane, the street it hangs on.

    Lanes are called after their street, as 双槐街 has 双槐一巷; no name comes twice.
    """
    heads = iter([*_HEADS, *(f"新{head}" for head in _HEADS)])
    names: list[str] = [""] * len(kinds)
    stems: dict[int, str] = {}
    tails: dict[int, Iterator[str]] = {}
    for number, (kind, role) in enumerate(kinds):
        if role:
            names[number] = ROLES[role]
            stems[number] = names[number].removesuffix("大道").removesuffix("路")
        elif kind == "street":
            stems[number] = next(heads)
            names[number] = stems[number] + ("路" if len(stems) % 4 == 0 else "街")
    for number, street in enumerate(nearest):
        if names[number]:
            continue
        tail = next(tails.setdefault(street, iter(_LANE_TAILS)), None)
        names[number] = f"{stems[street]}{tail}" if tail else f"{next(heads)}巷"
    return names


class CompoundNames:
    """Hands out names of compounds, each once."""

    def __init__(self, rng: np.random.Generator) -> None:
        self._rng = rng
        self._words = iter([_WORDS[number] for number in rng.permutation(len(_WORDS))])
        self._old = iter([_OLD[number] for number in rng.permutation(len(_OLD))])

    def name(self, style: str, address: str) -> str:
        """A name fit for the style; old yards are called after their door, as 石磨街12号院."""
        if style == "courtyard":
            return f"{address}院"
        if style == "walk_up" and self._rng.random() < 0.55:
            return next(self._old, None) or f"{address}院"
        word = next(self._words, None)
        return f"{word}{self._rng.choice(_TAILS[style])}" if word else f"{address}院"


def people(rng: np.random.Generator) -> Iterator[str]:
    """Names of people who do not exist, none twice in a few thousand."""
    seen: set[str] = set()
    while True:
        name = str(rng.choice(list(_SURNAMES))) + str(rng.choice(_GIVEN))
        if name not in seen:
            seen.add(name)
            yield name
