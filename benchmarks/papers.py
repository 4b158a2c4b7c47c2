"""The papers that `benchmarks.printing` prints, and what each takes; no database is asked."""

import statistics
import time
from collections.abc import Callable, Iterator
from functools import partial

from gezhi.faces.paper import pdf, word
from gezhi.faces.paper.description import Cell, Form, Paper, Signs, Table
from gezhi.faces.paper.printed import Printed
from gezhi.kernel import clock
from gezhi.work.blanks.rules import code_of, spoken

SAID = "小区东门外面的人行道上从上个星期起一直堆着装修垃圾，推婴儿车的过不去，老人只能走车行道。"
ROUNDS = 20


def measured() -> None:
    """Print the first and the usual cost of each."""
    order = Paper(
        "交办单", "交办单",
        [
            Form([
                [Cell("事由", SAID)],
                [Cell("承办单位", "市政环卫所"), Cell("办结时限", "2026-12-01 24:00")],
                [Cell("诉求内容", SAID * 3)],
                [Cell("办理结果", "", room=5, sign="负责人签字（盖章）：　　年　　月　　日")],
            ]),
            Signs(("交办人：", "签收人：")),
        ],
        number="案件号 510104 20261121 0000123", qr="http://10.1.2.3/desk/cases/1/", qr_words="扫码打开",
    )  # fmt: skip
    rows = [(f"第 {at} 社区", "12", "100%", "91.7%", "88.2%") for at in range(40)]
    bulletin = Paper(
        "通报", "通报", [Table(("单位", "受理", "按期", "响应", "满意"), rows, (4, 2, 2, 2, 2))], letter=True
    )  # fmt: skip
    began = time.process_time()
    pdf.drawn(_printed(order))
    print(f"first paper of a process (fonts are looked for): {_milliseconds(began):.0f} ms")
    for name, paper in (("交办单", order), ("通报, 40 rows", bulletin)):
        print(f"{name} PDF: {_usual(partial(_pdf, paper))}")
        print(f"{name} Word: {_usual(partial(_word, paper))}")
    serials = iter(range(26_000_001, 26_900_000))
    print(f"set of 50 blanks, PDF: {_usual(partial(_blanks, serials))}")


def _blanks(serials: Iterator[int]) -> bytes:
    return pdf.compiled(
        "blank.typ",
        {
            "title": "锦官驿街道事项反映表", "area": "水井坊社区",
            "boxes": [[letter, "路灯不亮"] for letter in "ABCDEFGHJKLMNZ"],
            "blanks": [
                {"number": spoken(serial), "qr": pdf.svg_of(code_of(serial))}
                for serial in (next(serials) for _one in range(50))
            ],
        },
    )  # fmt: skip


def _pdf(paper: Paper) -> bytes:
    return pdf.drawn(_printed(paper))


def _word(paper: Paper) -> bytes:
    return word.drawn(_printed(paper))


def _printed(paper: Paper) -> Printed:
    # Another moment each time, so that nothing is answered from what was set before.
    return Printed(paper, f"街道网格中心 王敏 {time.perf_counter_ns()}", clock.now())


def _usual(draw: Callable[[], bytes]) -> str:
    taken = []
    for _round in range(ROUNDS):
        began = time.process_time()
        made = draw()
        taken.append(_milliseconds(began))
    return f"median {statistics.median(taken):.0f} ms CPU, {len(made) / 1024:.0f} KiB"


def _milliseconds(began: float) -> float:
    return 1000 * (time.process_time() - began)
