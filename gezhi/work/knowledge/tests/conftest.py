"""Entries written and published with the cast."""

import itertools
from collections.abc import Callable
from typing import Any

import pytest

from gezhi.work.knowledge import actions
from gezhi.work.knowledge.models import Article
from gezhi.work.knowledge.rules import Written
from tests.cast import Cast

_keys = itertools.count(1)


@pytest.fixture
def draft(cast: Cast) -> Callable[..., Article]:
    """`draft(question, …)`: an entry the acceptor wrote, of the sanitation office unless said."""

    def written(question: str = "居住证怎么办？", **changes: Any) -> Article:
        by = changes.pop("by", cast.acceptor.viewer)
        of = changes.pop("of", None)
        key = changes.pop("key", f"article-{next(_keys)}")
        fields: dict[str, Any] = {
            "question": question,
            "answer": "带身份证和租房合同，到社区居委会办，当场受理。",
            "basis": "《居住证暂行条例》第九条",
            "unit_id": cast.street.sanitation.pk,
        } | changes
        return actions.write(written=Written(**fields), by=by, key=key, of=of)

    return written


@pytest.fixture
def published(cast: Cast, draft: Callable[..., Article]) -> Callable[..., Article]:
    """`published(question, …)`: the same, published by the supervisor."""

    def out(*args: Any, **changes: Any) -> Article:
        return actions.publish(article=draft(*args, **changes), by=cast.supervisor.viewer)

    return out
