"""Reports for tests, made up."""

import random

from gezhi.methods.resemble.topics import TopicReport

CAUSES = {
    "路灯": ("路灯不亮", "晚上漆黑看不见", "老人摔倒", "请尽快维修灯具"),
    "油烟": ("餐馆油烟直排", "厨房窗户不敢开", "没有专用烟道", "请查处饭店"),
    "停水": ("水管爆裂停水", "三天没有水用", "水压太小", "请抢修供水"),
    "广场舞": ("广场舞音响太大", "跳到深夜十一点", "孩子没法写作业", "请控制音量"),
    "垃圾": ("垃圾没人清运", "苍蝇蚊子很多", "臭味熏天", "请增加垃圾桶"),
    "电梯": ("电梯经常故障", "困人两次", "高层老人下不了楼", "请更换电梯"),
}


def speak(place: str, cause: str, seed: int) -> str:
    """A text about a cause at a place: a subject and two or three sentences in some order."""
    chance = random.Random(seed)
    parts = list(CAUSES[cause])
    chance.shuffle(parts)
    return f"{place}{parts[0]}\n{place}{'，'.join(parts[: chance.randint(2, 4)])}。"


def background(seed: int = 7) -> list[TopicReport]:
    """One report of each cause at each of some other places, none of them a topic."""
    chance = random.Random(seed)
    signs = "东西南北春夏秋冬金木水火安宁福寿"
    return [
        TopicReport(
            9_000 + number,
            speak("".join(chance.sample(signs, 2)) + chance.choice("苑园路街"), cause, number),
            f"b{number}",
            chance.uniform(0, 60),
        )
        for number, cause in enumerate(list(CAUSES) * 10)
    ]


def event(
    place: str, cause: str, count: int, start: int = 0, moment: float = 50.0
) -> list[TopicReport]:
    """So many people about one cause at one place, a report each, a day apart in tenths."""
    return [
        TopicReport(
            start + step, speak(place, cause, start + step), f"p{start + step}", moment + step / 10
        )
        for step in range(count)
    ]
