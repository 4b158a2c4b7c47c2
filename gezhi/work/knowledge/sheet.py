"""Entries by sheet: each row a draft that waits for review, the columns those of the exported list.

A question that stands already with the same words changes nothing; with other words its next version
is written. A draft of the same question is put right.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gezhi.ground.sheets import tables
from gezhi.ground.sheets.declared import Line, Made, OnceEach, PreviewLine, Sheet, beside
from gezhi.ground.sheets.matching import Field, day_in, looks_like_day
from gezhi.kernel import words
from gezhi.kernel.errors import Invalid
from gezhi.kernel.ids import new_id
from gezhi.kernel.rights import Right
from gezhi.kernel.viewer import Viewer
from gezhi.records.places.areas_by_word import AreasByWord, area_names
from gezhi.records.units.queries import open_units, units_by_word
from gezhi.work.knowledge import actions, rules
from gezhi.work.knowledge.actions.writing import valid
from gezhi.work.knowledge.models import Article
from gezhi.work.knowledge.rules import ArticleState, Audience, Written

_APART = "、，,;；/"
AUDIENCES = {
    Audience.RESIDENTS: gettext_lazy("居民"),
    Audience.STAFF: gettext_lazy("工作人员"),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """The versions of a question that stand: what is offered, and what waits for review."""

    published: Article | None = None
    draft: Article | None = None


class ArticleBook:
    """What a list is previewed against, read once: units, areas, the questions that stand."""

    def __init__(self, viewer: Viewer, lines: Sequence[Line]) -> None:
        self._viewer = viewer
        self.units = units_by_word(viewer, viewer.district_id or 0)
        self.areas = AreasByWord(viewer.district_id or 0)
        self.audiences = {str(word): code.value for code, word in AUDIENCES.items()}
        self.seen = OnceEach()
        asked = {words.line(line.cells.get("question", "")) for line in lines}
        self.standing = _standing(viewer, asked)

    def preview(self, line: Line) -> PreviewLine:
        """The line with its problems, and what becomes of an entry that stands."""
        problems: dict[str, str] = {}
        written = self._written(line, problems)
        if written is None:
            return PreviewLine(line, problems)
        if above := self.seen.above(line, written.question):
            said = _("和第 %(line)s 行是同一个问题，请留一行") % {"line": above}
            return PreviewLine(line, {"question": said})
        stands = self.standing.get(written.question, Standing())
        row = stands.draft or stands.published
        is_same = any(one is not None and _same(one, written) for one in (row, stands.published))
        return beside(line, written, row, is_same=is_same, note_instead=_("写成新的一版"))

    def store(self, previewed: PreviewLine) -> list[Made]:
        """A draft: of a new entry, of the next version, or the one that stands put right."""
        written, row_id = previewed.meant
        of = Article.objects.get(pk=row_id) if row_id is not None else None
        key = f"sheet:{self._viewer.user_id}:{new_id()}"
        row = actions.write(written=written, by=self._viewer, key=key, of=of)
        how = "changed" if of is not None and row.pk == of.pk else "made"
        return [Made("article", row.pk, how)]

    def _written(self, line: Line, problems: dict[str, str]) -> Written | None:
        cells = line.cells
        unit = self.units.get(cells.get("unit", ""))
        if unit is None:
            problems["unit"] = _("没有这个单位，请照“单位”里的名称填写")
        audience = self.audiences.get(cells.get("audience", "") or str(AUDIENCES[Audience.STAFF]))
        if audience is None:
            problems["audience"] = _("只能写：%(kinds)s") % {"kinds": "、".join(self.audiences)}
        area_ids = self._areas(cells.get("areas", ""), problems)
        valid_to = _day(cells, "valid_to", problems)
        review_on = _day(cells, "review_on", problems)
        if unit is None or audience is None or problems:
            return None
        written = Written(
            question=cells.get("question", ""),
            answer=cells.get("answer", ""),
            basis=cells.get("basis", ""),
            unit_id=unit.pk,
            audience=audience,
            wordings="\n".join(_parts(cells.get("wordings", ""))),
            area_ids=area_ids,
            valid_to=valid_to,
            review_on=review_on,
        )
        try:
            return valid(written, self._viewer)
        except Invalid as refusal:
            problems[refusal.field] = str(refusal.message)
            return None

    def _areas(self, text: str, problems: dict[str, str]) -> tuple[int, ...]:
        found: list[int] = []
        for name in _parts(text):
            with tables.noting(problems, "areas"):
                found.append(self.areas.meant(name))
        return tuple(found)


def _standing(viewer: Viewer, questions: set[str]) -> dict[str, Standing]:
    rows = Article.objects.filter(
        district_id=viewer.district_id or 0,
        question__in=questions,
        state__in=[ArticleState.PUBLISHED, ArticleState.DRAFT],
    ).order_by("id")
    found: dict[str, Standing] = {}
    for row in rows:
        known = found.get(row.question, Standing())
        if row.state == ArticleState.DRAFT:
            found[row.question] = Standing(known.published, row)
        else:
            found[row.question] = Standing(row, known.draft)
    return found


def _same(row: Article, written: Written) -> bool:
    """Whether a version says this; a review date of its own is no other answer."""
    return (row.answer, row.basis, row.unit_id, row.audience, row.wordings, row.valid_to) == (
        written.answer, written.basis, written.unit_id, written.audience, written.wordings,
        written.valid_to,
    ) and set(row.area_ids) == set(written.area_ids)  # fmt: skip


def _parts(text: str) -> list[str]:
    plain = text
    for mark in _APART:
        plain = plain.replace(mark, "\n")
    return [part.strip() for part in plain.split("\n") if part.strip()]


def _day(cells: Mapping[str, str], field: str, problems: dict[str, str]) -> date | None:
    text = cells.get(field, "")
    if not text:
        return None
    found = day_in(text)
    if found is None:
        problems[field] = _("日期写成 2027-01-01；没有就空着")
    return found


def take_back(made: Sequence[Made], by: Viewer) -> None:
    """Take the draft of a row out; refuses (Conflict) one that was reviewed or changed another."""
    for one in made:
        if one.how == "made":
            actions.take_back(article_id=one.id, by=by)


def _offered(viewer: Viewer, field: str) -> Sequence[str]:
    match field:
        case "unit":
            return [unit.name for unit in open_units(viewer, viewer.district_id or 0)]
        case "audience":
            return [str(word) for word in AUDIENCES.values()]
        case "areas":
            return area_names(viewer)
        case _:
            return ()


def _instructions() -> list[str]:
    return [
        _("一行一条，从第二行开始；带 * 的必填。导入的都是草稿，另一个人审过才会给人看。"),
        _("问题写成人会问的样子；“还会怎么问”写别的问法，几种用顿号隔开，也用来查找。"),
        _("依据写文件名、文号和条款。"),
        _("给谁看不填就是“工作人员”；写“居民”的，居民上报前也会看到。"),
        _("适用哪里填街道、社区或网格的名称，几个用顿号隔开；空着就是全部。"),
        _("日期写成 2027-01-01。过了有效期的不会给人看；到复审日会提醒归口单位。"),
        _("同样的问题已经有了、内容不同的，写成新的一版等人审；内容一样的不动。"),
    ]


ARTICLES = Sheet(
    name="articles",
    title=gettext_lazy("知识条目"),
    fields=(
        Field(
            "question", gettext_lazy("问题"), ("标题", "咨询问题", "提问"),
            needed=True, width=36, most=rules.QUESTION_LENGTH,
        ),
        Field(
            "answer", gettext_lazy("答复"), ("答案", "回答", "答复内容", "解答"),
            needed=True, width=60, most=rules.ANSWER_LENGTH,
        ),
        Field(
            "basis", gettext_lazy("依据"), ("政策依据", "法律依据", "出处"),
            needed=True, width=40, most=rules.BASIS_LENGTH,
        ),
        Field(
            "unit", gettext_lazy("归口单位"), ("单位", "责任单位", "归谁管"),
            needed=True, width=24, most=60, for_all=True,
            without=gettext_lazy("每一条都要有一个归口单位，到复审日叫它。"),
        ),
        Field(
            "audience", gettext_lazy("给谁看"), ("范围", "公开范围"), width=12, most=10,
            for_all=True, without=gettext_lazy("没有写的都只给工作人员看。"),
        ),
        Field(
            "wordings", gettext_lazy("还会怎么问"), ("相似问法", "关键词", "别的问法"),
            width=40, most=rules.WORDINGS_LENGTH,
        ),
        Field("areas", gettext_lazy("适用哪里"), ("适用区域", "区域"), width=20, most=200),
        Field(
            "valid_to", gettext_lazy("有效期到"), ("有效期", "失效日期"),
            width=14, most=30, looks=looks_like_day,
        ),
        Field(
            "review_on", gettext_lazy("复审日"), ("复审日期", "下次复审"),
            width=14, most=30, looks=looks_like_day,
        ),
    ),
    right=Right.KEEP_KNOWLEDGE,
    book=ArticleBook,
    take_back=take_back,
    offered=_offered,
    instructions=_instructions,
    most_rows=20_000,
    for_reading=(gettext_lazy("第几版"),),
)  # fmt: skip
