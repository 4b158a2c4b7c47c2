"""What two answers can share that does not hang on a place or a person.

Titles of laws and documents (without the name of a place in them), kinds of offices, and the
public hotlines.
"""

import re

_TITLE = re.compile(r"《([^《》]{3,60})》")
_PLACE = re.compile(r"[A-Z]\d{0,2}[市县区]|中华人民共和国|西地省")
_HOTLINE = re.compile(r"(?<!\d)(?:12\d{3}|1\d{4}|96\d{3,4}|95\d{3})(?!\d)")
_OFFICES = [
    "公安",
    "交警",
    "城管",
    "住建",
    "规划",
    "国土",
    "自然资源",
    "环保",
    "生态环境",
    "教育",
    "人社",
    "人力资源",
    "民政",
    "卫生",
    "卫计",
    "医保",
    "房管",
    "住房保障",
    "公积金",
    "交通运输",
    "运管",
    "公路",
    "发改",
    "物价",
    "工商",
    "市场监管",
    "质监",
    "食药监",
    "食品药品",
    "农业",
    "林业",
    "水利",
    "水务",
    "财政",
    "税务",
    "司法",
    "残联",
    "旅游",
    "文化",
    "体育",
    "消防",
    "供电",
    "电力",
    "自来水",
    "燃气",
    "物业",
    "电信",
    "移动",
    "邮政",
    "银行",
    "不动产",
    "信访",
    "劳动监察",
    "劳动保障监察",
    "仲裁",
    "法院",
    "派出所",
    "社保",
    "新农合",
    "轨道",
    "地铁",
    "公交",
    "征拆",
    "棚改",
    "拆迁",
    "业委会",
    "业主委员会",
    "街道",
    "社区",
    "村委",
]


def terms(answer: str) -> frozenset[str]:
    """The titles, offices and hotlines an answer names."""
    text = re.sub(r"\s+", "", answer)
    found = {"《" + _PLACE.sub("", title) for title in _TITLE.findall(text)}
    found |= {office for office in _OFFICES if office in text}
    found |= {"#" + number for number in _HOTLINE.findall(text)}
    return frozenset(found)
