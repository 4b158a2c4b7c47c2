"""The table of `gezhi.methods.locate`: python -m benchmarks.locate [--count 5000]."""

import argparse
import time
from collections.abc import Callable, Sequence
from typing import Final

from benchmarks.locate.baseline import Baseline
from benchmarks.locate.generate import RATES, Case, Generator
from benchmarks.locate.judging import Said, Tally, tally
from benchmarks.locate.manners import DEVELOPMENT, FOURTH, HELD_OUT, SECOND, THIRD
from benchmarks.locate.register import Register, district
from gezhi.methods.locate import Entry, Gazetteer, locate

_SEEDS: Final = ((DEVELOPMENT, 7), (SECOND, 7), (THIRD, 104), (FOURTH, 14), (HELD_OUT, 2026))
_TURNS: Final = 15
_SIGNS: Final = frozenset("0123456789栋单元楼室号")
_CALLED: Final = {
    "none": "没有噪声",
    "typo": "错别字",
    "homophone": "同音字",
    "alias": "别名、简称",
    "no_unit": "缺单元",
    "swapped": "语序颠倒",
    "extra": "多余的话",
}


def main() -> None:
    """Build the register, judge both methods on the five sets, time one core."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--count", type=int, default=5_000)
    count = options.parse_args().count
    register = district()
    began = time.process_time()
    gazetteer = gazetteer_of(register)
    built = time.process_time() - began
    print(f"登记：{len(register.homes):,} 户，{len(register.rows):,} 条；建索引 {built:.1f} 秒\n")
    sets = {
        manner.name: list(Generator(register, manner, seed).cases(count)) for manner, seed in _SEEDS
    }
    answer, baseline = answers_of(gazetteer), Baseline(register).answer
    _print_sets(register, sets, answer, baseline)
    _print_noise(register, sets[HELD_OUT.name], answer, baseline)
    _print_speed(sets[HELD_OUT.name], gazetteer)


def gazetteer_of(register: Register) -> Gazetteer:
    """The register as the method takes it, with what the office learnt."""
    entries = (
        Entry(row.id, row.kind, row.name, row.parent, (), row.address) for row in register.rows
    )
    return Gazetteer(entries).with_aliases(register.nicknames)


def answers_of(gazetteer: Gazetteer) -> Callable[[str], Said]:
    """`locate`, reduced to what is judged."""

    def answer(text: str) -> Said:
        found = locate(gazetteer, text)
        return Said(found.verdict, found.place_id, tuple(c.place_id for c in found.candidates))

    return answer


def _tallies(
    register: Register, cases: Sequence[Case], answer: Callable[[str], Said]
) -> dict[str, Tally]:
    parents = {row.id: row.parent for row in register.rows}
    kinds = {row.id: row.kind for row in register.rows}
    return tally(cases, answer, parents, kinds)


def _print_sets(
    register: Register,
    sets: dict[str, list[Case]],
    answer: Callable[[str], Said],
    baseline: Callable[[str], Said],
) -> None:
    print(
        "| 写法 | 条数 | 对或“有歧义” | 完全定位 | 错楼栋 | 底线：对 | 底线：完全 | 底线：错楼栋 |"
    )
    print("|---|---|---|---|---|---|---|---|")
    for name, cases in sets.items():
        ours = _tallies(register, cases, answer)["all"]
        theirs = _tallies(register, cases, baseline)["all"]
        print(f"| {name} | {len(cases)} | {_shares(ours)} | {_shares(theirs)} |")
    print()


def _print_noise(
    register: Register,
    cases: Sequence[Case],
    answer: Callable[[str], Said],
    baseline: Callable[[str], Said],
) -> None:
    print(
        "| 保留写法里的噪声 | 占比（目标） | 条数 | 对或“有歧义” | 完全定位 | 错楼栋 | 底线：对 | 底线：完全 | 底线：错楼栋 |"
    )
    print("|---|---|---|---|---|---|---|---|---|")
    ours, theirs = _tallies(register, cases, answer), _tallies(register, cases, baseline)
    for noise, called in _CALLED.items():
        one = ours.get(noise, Tally())
        goal = f"（{RATES[noise]:.0%}）" if noise in RATES else ""
        share = f"{one.count / len(cases):.1%}{goal}"
        other = theirs.get(noise, Tally())
        print(f"| {called} | {share} | {one.count} | {_shares(one)} | {_shares(other)} |")
    words = ours["all"].words
    print(f"\n各判定：{dict(words.most_common())}\n")


def _shares(one: Tally) -> str:
    return f"{one.right:.2%} | {one.share('full'):.2%} | {one.share('elsewhere'):.2%}"


def _print_speed(cases: Sequence[Case], gazetteer: Gazetteer) -> None:
    """The best of many turns: others use the machine, too.

    Beside it, in the same turns, a plain loop over the same signs: by it one machine's figure can
    be laid beside another's.
    """
    clean = [case.text for case in cases if not case.hurt and case.truth]
    texts = [case.text for case in cases]

    def found(text: str) -> object:
        return locate(gazetteer, text)

    for name, chosen in (("全部", texts), ("名字没写错、登记里有的", clean)):
        turns = [(_taken(_looped, chosen), _taken(found, chosen)) for _turn in range(_TURNS)]
        loop, best = (min(column) for column in zip(*turns, strict=True))
        print(
            f"速度（{name}，{len(chosen)} 条）：每秒 {len(chosen) / best:,.0f} 条，单核；"
            f"同样的字逐字走一遍的 {best / loop:.0f} 倍（每秒 {len(chosen) / loop:,.0f} 条）"
        )
    long = "。".join(texts)[:100_000]
    began = time.process_time()
    locate(gazetteer, long)
    print(f"{len(long):,} 字的一段：{(time.process_time() - began) * 1000:.0f} 毫秒")


def _taken(way: Callable[[str], object], texts: Sequence[str]) -> float:
    """Seconds of one core for all texts, one by one."""
    began = time.process_time()
    for text in texts:
        way(text)
    return time.process_time() - began


def _looped(text: str) -> int:
    return sum([1 for sign in text if sign in _SIGNS])


if __name__ == "__main__":
    main()
