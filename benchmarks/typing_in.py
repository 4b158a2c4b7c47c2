"""How long fifty papers take one clerk: real pages in Chromium, the hands by the keystroke-level model.

    python -m benchmarks.typing_in [--url http://127.0.0.1:8000] [--login 1001] [--papers 50] [--mixed]

against a running demo street (`make run`). The papers are typed in by the keys alone, as a clerk does;
no key is waited for. What the machine takes (from Enter to the next paper, hands on the first row) is
measured; what the hands take is reckoned from the keys that were really pressed, Chinese by full pinyin
with a choice for every two signs and one key in twelve struck again; one paper in four is ticked
and has nothing written on its lines. The pile lies as it was collected, house by house, and the
compound of the paper before comes by one key; `--mixed` is a pile that was shuffled (Card, Moran and Newell 1983: 0.12 s a
key for good typists, 0.20 s for average ones; 1.35 s to take in a row from the paper). A paper is
turned in 1.5 s.
"""

import argparse
import random
import statistics
import time
from dataclasses import dataclass, field

from playwright.sync_api import Page, sync_playwright
from pypinyin import lazy_pinyin

GOOD, AVERAGE = 0.12, 0.20
TAKING_IN, TURNING, AGAIN = 1.35, 1.5, 1 / 12
SECONDS = 20 * 60
TICKED_ALONE = 0.25

NAMES = ("李桂花", "王建国", "陈秀英", "刘洋", "赵淑芬", "周志强", "吴敏", "郑大爷", "孙丽", "")
PLACES = (
    "均隆小区3栋2单元",
    "水井坊东门口",
    "金泉路8号旁边",
    "东升街菜市场",
    "望江苑7栋楼下",
    "大慈寺路公交站",
)
SAID = (
    ("A", "单元门口堆了建筑垃圾，三天没人清"), ("B", "路灯坏了一个星期，晚上老人不敢出门"),
    ("D", "楼上半夜打麻将，说了几次不听"), ("F", "消防通道天天停车，救护车进不来"),
    ("G", "二楼拉线下来充电，怕起火"), ("J", "电梯老是停在五楼，关过人"),
    ("K", "屋顶漏水，墙都霉了"), ("E", "一楼餐馆油烟直接排到窗户"),
    ("C", "下雨就积水，出不了门"), ("L", "养了三条大狗，不牵绳子"),
    ("Z", "想问一下高龄补贴在哪里办"), ("M", "隔壁隔成八间出租，人太杂"),
)  # fmt: skip


@dataclass
class Hands:
    """The keys one paper took, and how often the eye went to it."""

    keys: float = 0.0
    looks: int = 0

    def seconds(self, key: float) -> float:
        """What the hands and the eye take."""
        return self.keys * (1 + AGAIN) * key + self.looks * TAKING_IN + TURNING


@dataclass
class Measured:
    """All papers: what the hands did, and what the machine took."""

    hands: list[Hands] = field(default_factory=list)
    machine: list[float] = field(default_factory=list)

    def minutes(self, key: float) -> float:
        """From the first paper to the last, in minutes."""
        return (sum(one.seconds(key) for one in self.hands) + sum(self.machine)) / 60


def main() -> None:
    """Type the papers in and print what it took."""
    reads = argparse.ArgumentParser(description=__doc__)
    reads.add_argument("--url", default="http://127.0.0.1:8000")
    reads.add_argument("--login", default="1001")
    reads.add_argument("--password", default="gezhi-demo")
    reads.add_argument("--papers", type=int, default=50)
    reads.add_argument("--mixed", action="store_true")
    reads.add_argument("--chromium", default="/usr/bin/chromium")
    asked = reads.parse_args()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=asked.chromium, args=["--no-sandbox"])
        page = browser.new_page()
        page.set_default_timeout(120_000)
        page.goto(f"{asked.url}/desk/blanks/")
        page.fill("[name=login]", asked.login)
        page.fill("[name=password]", asked.password)
        page.keyboard.press("Enter")
        page.wait_for_url("**/desk/blanks/**")
        page.fill("#set_size", str(asked.papers))
        # The set that is numbered now, not one that stood there before.
        with page.expect_navigation():
            page.keyboard.press("Enter")
        first = page.locator("tbody th").first
        first.wait_for()
        number = first.inner_text().split("–")[0].strip()
        page.goto(f"{asked.url}/desk/blanks/enter/?serial={number.replace(' ', '')}")
        measured = _typed(page, _pile(asked.papers, mixed=asked.mixed))
        browser.close()
    _say(measured)


def _pile(papers: int, *, mixed: bool) -> list[tuple[str, ...]]:
    """The rows of each paper, in the order the papers lie in."""
    chance = random.Random(12)
    pile: list[tuple[str, ...]] = []
    for _paper in range(papers):
        letter, said = chance.choice(SAID)
        if letter != "Z" and chance.random() < TICKED_ALONE:
            said = ""
        name = chance.choice(NAMES)
        phone = f"139{chance.randrange(10**8):08d}" if name else ""
        pile.append((name, phone, chance.choice(PLACES), letter, said))
    return pile if mixed else sorted(pile, key=lambda rows: rows[2])


def _typed(page: Page, pile: list[tuple[str, ...]]) -> Measured:
    measured = Measured()
    for at, rows in enumerate(pile):
        hands = Hands()
        again = page.get_attribute("form[data-typing]", "data-again") or ""
        before = page.input_value("[name=serial]")
        for place, row in enumerate(rows):
            if row:
                hands.looks += 1
                if again and place == 2 and row.startswith(again):
                    hands.keys += 1
                    page.keyboard.press("ArrowUp")
                    row = row.removeprefix(again)
                hands.keys += _keys(row)
                # The row as the keyboard sends it; Chinese comes whole out of its input method.
                page.keyboard.insert_text(row)
            if place < len(rows) - 1:
                hands.keys += 1
                page.keyboard.press("Tab")
        hands.keys += 1
        began = time.perf_counter()
        page.keyboard.press("Enter")
        page.wait_for_function(
            "before => document.readyState === 'complete' && document.querySelector('[name=serial]').value !== before"
            " && document.activeElement && document.activeElement.name === 'name'"
            if at < len(pile) - 1
            else "before => document.readyState === 'complete' && document.querySelector('.blank-typed')",
            arg=before,
        )
        measured.machine.append(time.perf_counter() - began)
        measured.hands.append(hands)
    return measured


def _keys(row: str) -> float:
    """Keys pressed for a row: letters of the pinyin and a choice for every two signs; others as they are."""
    chinese = [sign for sign in row if "\u4e00" <= sign <= "\u9fff"]
    letters = sum(len(sound) for sound in lazy_pinyin("".join(chinese)))
    return letters + len(chinese) / 2 + (len(row) - len(chinese))


def _say(measured: Measured) -> None:
    papers = len(measured.hands)
    keys = statistics.mean(one.keys for one in measured.hands)
    print(f"papers {papers}, keys a paper {keys:.0f}")
    machine = sorted(measured.machine)
    print(
        f"machine, Enter to the next paper: median {1000 * statistics.median(machine):.0f} ms, "
        f"slowest {1000 * machine[-1]:.0f} ms"
    )
    for word, key in (("good typist", GOOD), ("average typist", AVERAGE)):
        minutes = measured.minutes(key)
        fifty = minutes / papers * 50
        verdict = "within" if fifty * 60 <= SECONDS else "OVER"
        print(f"{word} ({key:.2f} s a key): fifty papers {fifty:.1f} min, {verdict} 20 min")


if __name__ == "__main__":
    main()
