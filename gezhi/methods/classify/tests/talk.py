"""Made-up messages for the tests: templates with places and typos, nothing of a real person."""

import random

from gezhi.methods.classify.train import Example

MATTERS = {
    "噪声": ("夜里施工噪音太大", "广场舞音响扰民", "楼下烧烤店排风机嗡嗡响", "货车半夜按喇叭"),
    "垃圾": ("垃圾桶几天没人清运", "楼道堆满杂物", "建筑垃圾倒在路边", "垃圾站臭味很重"),
    "停车": ("小区里乱停车堵住通道", "消防通道被私家车占了", "停车费突然涨价", "路边划线不合理"),
    "漏水": ("楼上漏水泡坏天花板", "水管爆了没有人修", "下水道堵了往外冒", "停水三天没有通知"),
}
PLACES = ("东湖里", "西苑小区", "红星路12号", "建设二村", "金色家园三期", "和平广场旁边")
OPENINGS = ("您好，", "领导你好，", "反映一个问题：", "", "请问", "我是附近居民，")
ENDINGS = ("请尽快处理。", "希望有人管一管", "谢谢！", "已经打过电话没有人理", "什么时候能解决？")


def message(label: str, draw: random.Random) -> tuple[str, str]:
    """A subject and a detail about the case; one character in thirty is left out."""
    what, place = draw.choice(MATTERS[label]), draw.choice(PLACES)
    more = draw.choice(MATTERS[label])
    detail = f"{draw.choice(OPENINGS)}{place}{what}，{more}，{draw.choice(ENDINGS)}"
    typed = "".join(sign for sign in detail if draw.random() > 1 / 30)
    return f"{place}{what}", typed


def examples(count: int, seed: int = 0, labels: tuple[str, ...] = tuple(MATTERS)) -> list[Example]:
    """`count` labelled messages, the labels in turn."""
    draw = random.Random(seed)
    return [
        Example(*message(labels[at % len(labels)], draw), labels[at % len(labels)])
        for at in range(count)
    ]
