"""One spelling for signs and numerals, length for length, so that positions stay true."""

import re
from functools import cache
from typing import Final

# Traditional signs met in addresses; a register of a mainland city is written in simplified ones.
_TRADITIONAL: Final = (
    "棟栋單单門门號号樓楼層层區区園园東东組组團团戶户間间廣广場场國国際际華华錦锦龍龙鳳凤灣湾島岛"
    "莊庄鄉乡鎮镇縣县內内對对側侧邊边後后馬马鐵铁銀银綠绿紅红藍蓝蘇苏陽阳麗丽麥麦寶宝業业電电機机廠厂"
    "學学醫医車车橋桥頭头蘭兰蓮莲葉叶榮荣興兴盛盛豐丰億亿萬万歲岁雲云風风飛飞運运達达遠远進进連连"
    "聖圣賢贤義义禮礼樂乐觀观見见現现語语譽誉諾诺謙谦貿贸財财贊赞躍跃軍军農农選选鄰邻鄭郑釋释銘铭鋼钢"
    "錢钱鏡镜鐘钟長长開开關关閣阁陳陈陸陆隆隆雙双雜杂靈灵靜静韻韵順顺頂顶頤颐題题顏颜願愿館馆駿骏驛驿魚鱼"
    "鳥鸟鴻鸿鵬鹏鶴鹤齊齐龜龟優优傑杰倉仓傳传億亿劉刘勝胜動动匯汇衛卫參参吳吴員员問问嘉嘉圓圆報报壩坝"
    "夢梦奧奥實实寧宁將将層层嶺岭帥帅師师帶带幹干庫库廬庐張张強强後后從从恆恒慶庆應应懷怀戲戏據据揚扬"
    "擴扩數数斷断時时晉晋暢畅會会條条來来楊杨榮荣構构樹树歡欢歸归殘残氣气決决沖冲況况涼凉淨净淺浅"
    "湯汤準准溝沟滿满漢汉潔洁潤润潭潭澤泽濟济濱滨營营爾尔牆墙獅狮環环瑪玛產产畫画異异當当療疗發发盤盘"
    "禎祯積积穎颖稅税窯窑竹竹筆笔節节範范築筑籃篮紀纪約约紅红級级紡纺細细結结絡络給给統统經经維维線线"
    "編编縱纵織织繡绣聯联職职聲声腳脚膠胶臨临舊旧艦舰艷艳蔣蒋薈荟號号術术"
)
_DASHES: Final = "－—–―‐‑‒−~～﹣_ー"


def _table() -> dict[int, str]:
    table = {number: chr(number - 0xFEE0) for number in range(0xFF01, 0xFF5F)}
    for old, new in zip(_TRADITIONAL[::2], _TRADITIONAL[1::2], strict=True):
        table[ord(old)] = new
    table.update({ord(sign): "-" for sign in _DASHES})
    table.update({ord(sign): " " for sign in "\t\u3000\xa0\u2002\u2003\u2009\u200b\ufeff"})
    table.update({number: chr(number - 32) for number in range(ord("a"), ord("z") + 1)})
    table.update({number: chr(number - 0xFEE0 - 32) for number in range(0xFF41, 0xFF5B)})
    table.update({ord("＃"): "#", ord("№"): "#", ord("♯"): "#", ord("\\"): "/", ord("∕"): "/"})
    table.update({ord("〇"): "零", ord("○"): "零", ord("Ο"): "零"})
    return table


_FOLDED: Final = _table()
# Most addresses have none of these, and looking is quicker than folding.
_UNFOLDED: Final = re.compile(f"[{re.escape(''.join(map(chr, _FOLDED)))}]")


def fold(text: str) -> str:
    """The text in half width, capital letters, simplified signs and one dash, as long as it was."""
    return text.translate(_FOLDED) if _UNFOLDED.search(text) else text


_DIGITS: Final = {
    **{sign: number for number, sign in enumerate("零一二三四五六七八九")},
    **{sign: number for number, sign in enumerate("零壹贰叁肆伍陆柒捌玖")},
    "两": 2,
    "贰": 2,
}
_SCALES: Final = {"十": 10, "拾": 10, "百": 100, "佰": 100}
NUMERALS: Final = "".join(_DIGITS) + "".join(_SCALES)


@cache
def plain(number: str) -> str:
    """A folded number in one spelling: 三 "3", 一五零四 "1504", 十五 "15", A03 "A03", 甲 "甲".

    Cached: the numbers of addresses are few. Anything else comes back as it is.
    """
    if not number or number[0] not in NUMERALS:
        return number
    if number[-1].isascii():
        return plain(number[:-1]) + number[-1]
    if any(sign in _SCALES for sign in number):
        return _counted(number)
    return "".join(str(_DIGITS[sign]) for sign in number if sign in _DIGITS)


def _counted(number: str) -> str:
    total, ones = 0, -1
    for sign in number:
        if sign in _SCALES:
            total += (1 if ones < 0 else ones) * _SCALES[sign]
            ones = -1
        else:
            ones = _DIGITS.get(sign, 0)
    return str(total + max(ones, 0))


def bare(number: str) -> str:
    """The number without leading zeros: building 03 is building 3."""
    return number.lstrip("0") or number[-1:]
