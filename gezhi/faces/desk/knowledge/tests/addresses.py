"""What the walk of `tests/access` puts into the addresses of this room."""

from gezhi.work.knowledge import actions
from gezhi.work.knowledge.models import Article, Template
from gezhi.work.knowledge.rules import Written
from tests.cast import Cast


def furnish(cast: Cast) -> None:
    """An entry with a draft of its next version beside it, and a template."""
    written = Written(
        question="居住证怎么办？",
        answer="带身份证和租房合同，到社区居委会办。",
        basis="《居住证暂行条例》第九条",
        unit_id=cast.street.sanitation.pk,
    )
    row = actions.write(written=written, by=cast.acceptor.viewer, key="walk-article")
    actions.publish(article=row, by=cast.supervisor.viewer)
    actions.write(written=written, by=cast.acceptor.viewer, key="walk-draft", of=row)
    actions.write_template(
        name="已派人去看", deed="answer", text="已请{unit}去看。", class_codes=[],
        by=cast.acceptor.viewer, key="walk-template",
    )  # fmt: skip


def values(_cast: Cast) -> dict[str, str]:
    """The draft, and the template."""
    draft = Article.objects.get(state="draft")
    return {"article_id": str(draft.pk), "template_id": str(Template.objects.get().pk)}
