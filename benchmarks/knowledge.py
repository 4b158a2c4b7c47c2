"""The knowledge base searched by words, beside reading every question for them.

    python -m benchmarks.knowledge [--database sqlite] [--sizes 20000 200000] [--questions 200]

Entries of a grammar (classes of the packs, what is asked of them, qualifiers), in the tables as
publishing leaves them. Asked are sentences as people say them, made of one entry each with words
before and after and a sign left out; whether that entry is among the first three is told, too. The
floor is what the other lists do: every question compared with every word.
"""

import argparse
import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import django

from benchmarks import serving

if TYPE_CHECKING:
    from gezhi.work.knowledge.models import Article

SEED = 20261130
BATCH = 5000
ASKED = (
    "怎么办", "去哪里办", "要带什么材料", "要多少钱", "多久能办好", "归谁管", "打哪个电话", "能不能代办",
    "网上能办吗", "周末上班吗", "有没有补贴", "怎么投诉", "不给办怎么办", "需要本人去吗", "几个工作日",
    "过期了怎么办", "丢了怎么补", "怎么查进度", "哪些人可以申请", "什么时候截止",
)  # fmt: skip
OF = (
    "", "老人", "孩子", "租户", "外地户口", "残疾人", "退役军人", "低保户", "商户", "新搬来的", "独居老人",
    "高层", "老旧小区", "没有物业的院子", "临街", "夜里", "节假日", "雨季", "装修期间", "停水期间", "疫情期间",
    "拆迁户", "公租房", "商品房", "自建房", "学校周边", "菜市场旁", "地铁口", "工地旁", "河边", "公园里",
    "地下室", "顶楼", "一楼", "电梯里", "楼道里", "车库里", "门口", "街面上", "群租房", "合租的",
)  # fmt: skip
BEFORE = ("你好，我想问一下", "请问", "我家", "我们小区的", "打听一下，", "同志，")
AFTER = ("啊", "，急", "，谢谢", "，问了好几个地方都说不知道", "，社区说不归他们", "")


def questions(size: int) -> Iterator[str]:
    """So many different questions, the same ones each time."""
    from gezhi.ground.codes.queries import terms

    classes = [row.name for row in terms("matters") if row.parent_code]
    made = [f"{who}{name}{ask}？" for name in classes for who in OF for ask in ASKED]
    numbered = (f"{one[:-1]}（{place}号文）？" for place in range(2, 9) for one in made)
    order = random.Random(SEED)
    order.shuffle(made)
    yield from [*made, *(next(numbered) for _more in range(max(0, size - len(made))))][:size]


def fill(said: list[str], district_id: int, unit_id: int) -> None:
    """Write published entries of these questions with their postings, many at once."""
    from gezhi.kernel import clock
    from gezhi.kernel.ids import new_id
    from gezhi.work.knowledge import finding
    from gezhi.work.knowledge.models import Article, Sign

    counted: Counter[str] = Counter()
    for place in range(0, len(said), BATCH):
        rows = []
        for question in said[place : place + BATCH]:
            row_id = new_id()
            rows.append(
                Article(
                    id=row_id, entry_id=row_id, district_id=district_id, unit_id=unit_id,
                    state="published", question=question, answer=f"{question}到社区居委会问。",
                    basis="测量用", review_on=clock.today(), key=f"bench-{row_id}", written_by=1,
                    written_at=clock.now(), reviewed_by=2, reviewed_at=clock.now(),
                )
            )  # fmt: skip
        Article.objects.bulk_create(rows)
        postings = [(sign, row.pk) for row in rows for sign in finding.signs_in(row)]
        counted.update(sign for sign, _row in postings)
        counted[finding.ALL] += len(rows)
        _write(postings)
    known = Sign.objects.in_bulk(counted)
    for text, number in counted.items():
        known.setdefault(text, Sign(text=text, first=text[:1], articles=0)).articles += number
    Sign.objects.bulk_create(
        known.values(), update_conflicts=True, unique_fields=["text"], update_fields=["articles"]
    )


def _write(postings: list[tuple[str, int]]) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.executemany(
                "INSERT INTO knowledge_posting (sign, article_id) VALUES (%s, %s)", postings
            )
            return
        with cursor.copy("COPY knowledge_posting (sign, article_id) FROM STDIN") as copy:
            for posting in postings:
                copy.write_row(posting)


def spoken(said: list[str], number: int) -> list[tuple[str, str]]:
    """A sentence for each of some entries, with the question it came from."""
    chance = random.Random(SEED + 1)
    made = []
    for question in chance.sample(said, number):
        bare = question.rstrip("？")
        at = chance.randrange(len(bare))
        made.append(
            (f"{chance.choice(BEFORE)}{bare[:at]}{bare[at + 1 :]}{chance.choice(AFTER)}", question)
        )
    return made


def timed(ask: Callable[[str], object], asked: list[str]) -> tuple[float, float, float]:
    """p50 and p95 in milliseconds, and the milliseconds this process had the processor for in the
    middle; once before, so that statements are prepared."""
    ask(asked[0])
    spent, busy = [], []
    for one in asked:
        began, had = time.perf_counter(), time.process_time()
        ask(one)
        spent.append(1000 * (time.perf_counter() - began))
        busy.append(1000 * (time.process_time() - had))
    spent.sort()
    return spent[len(spent) // 2], spent[int(len(spent) * 0.95)], sorted(busy)[len(busy) // 2]


def inside(sizes: list[int], number: int) -> None:
    """Fill and measure the installation this process stands in."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gezhi.config.settings")
    django.setup()
    from django.db import connection, transaction

    from gezhi.kernel.search import every_word, holds
    from gezhi.work.knowledge import queries
    from gezhi.work.knowledge.models import Article
    from tests import cast

    people = cast.build()
    unit, viewer = people.street.centre, people.acceptor.viewer
    done = 0
    for size in sizes:
        said = list(questions(size))
        began = time.perf_counter()
        with transaction.atomic():
            fill(said[done:], unit.district_id, unit.pk)
        done = size
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
        filled = time.perf_counter() - began
        made = spoken(said, number)
        sentences = [words for words, _question in made]
        short = [question.rstrip("？")[-6:] for _words, question in made]

        def floor(words: str) -> list["Article"]:
            rows = Article.objects.filter(district_id=unit.district_id, state="published")
            return list(every_word(rows, words, lambda word: holds(word, "question"))[:50])

        found = sum(
            question in [one.question for one in queries.for_case(viewer, words)]
            for words, question in made
        )
        print(
            f"| {connection.vendor}，{size:,} 条（写入 {filled:.0f} 秒） | p50 毫秒 | p95 毫秒 | 处理器毫秒 |"
        )
        print("|---|---|---|---|")
        for name, ask, asked in (
            ("一句话，答复页和来电", lambda words: queries.for_case(viewer, words), sentences),
            ("一句话，居民上报前", lambda words: queries.did_you_mean(unit.district_id, words), sentences),
            ("六个字，知识库页", lambda words: queries.for_words(viewer, words, limit=50), short),
            ("底线：六个字，逐条比", floor, short),
        ):  # fmt: skip
            half, late, had = timed(ask, asked)
            print(f"| {name} | {half:.1f} | {late:.1f} | {had:.1f} |")
        print(f"前三有它：{found / len(made):.3f}（{len(made)} 句）", flush=True)


def main() -> None:
    """Both databases, each in an installation of its own that is removed after."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", choices=["sqlite", "postgresql"])
    parser.add_argument("--sizes", type=int, nargs="+", default=[20_000, 200_000])
    parser.add_argument("--questions", type=int, default=200)
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        inside(options.sizes, options.questions)
        return
    for vendor in [options.database] if options.database else ["sqlite", "postgresql"]:
        with serving.installation(vendor, street=False) as made:
            sizes = [str(size) for size in options.sizes]
            subprocess.run(
                [sys.executable, "-m", "benchmarks.knowledge", "--inside", "--sizes", *sizes,
                 "--questions", str(options.questions)],
                env=made.environment,
                check=True,
            )  # fmt: skip


if __name__ == "__main__":
    main()
