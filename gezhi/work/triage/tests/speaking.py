"""Invented messages of a few kinds, each worded differently: near-duplicates would teach nothing."""

import random

CORES = {
    "路灯": ("路灯不亮", "一片漆黑", "灯杆歪了", "灯泡坏了", "晚上看不见路", "灯具要维修"),
    "垃圾": (
        "垃圾没人清运",
        "垃圾桶满了",
        "臭味很大",
        "垃圾堆在门口",
        "环卫没来打扫",
        "渣土没清走",
    ),
    "噪音": ("夜间施工扰民", "噪音太大", "工地吵得睡不着", "音响声音很大", "半夜敲打", "机器轰鸣"),
}
_SIGNS = "春江花月天地山石田土木禾竹米马牛羊鸟鱼虫云雨风雪河海江湖东西南北左右前后早晚年岁"


def message(kind: str, number: int) -> str:
    """The message of a number of this kind; the same number says the same."""
    dice = random.Random(f"{kind}{number}")
    said = dice.sample(CORES[kind], 3)
    between = ["".join(dice.choices(_SIGNS, k=8)) for _ in range(3)]
    return "，".join(part for pair in zip(said, between, strict=True) for part in pair)


def messages(count: int) -> list[tuple[str, str]]:
    """(message, kind), so many of each kind, mixed."""
    return [(message(kind, number), kind) for number in range(count) for kind in CORES]
