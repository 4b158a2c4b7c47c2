"""Planted paraphrases: is the message that was told again among the first three?"""

import random
from dataclasses import dataclass

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from benchmarks.resemble.data import Timed
from benchmarks.resemble.paraphrase import Message, Paraphraser
from gezhi.methods.resemble import ComparedCase, Index, fingerprint


@dataclass(frozen=True)
class Planted:
    """A paraphrase, the number of the message it tells again, and its later moment."""

    number: int
    text: str
    moment: float


def plant(messages: list[Timed], count: int = 600, seed: int = 3) -> list[Planted]:
    """Paraphrases of messages drawn by chance, up to three days later."""
    chance = random.Random(seed)
    teller = Paraphraser([Message(one.subject, one.detail) for one in messages], seed)
    made = []
    for one in chance.sample(messages, count):
        told = teller.paraphrase(Message(one.subject, one.detail))
        moment = one.moment + 3.0 * chance.random()
        made.append(Planted(one.number, f"{told.subject}\n{told.detail}", moment))
    return made


def filled(messages: list[Timed]) -> Index:
    """All messages in an index, place and class unknown."""
    index = Index()
    index.add(ComparedCase(one.number, fingerprint(one.text), one.moment) for one in messages)
    return index


def ours(index: Index, planted: list[Planted], days: float) -> list[list[int]]:
    """The first three for each paraphrase."""
    return [
        [
            like.id
            for like in index.nearest(
                ComparedCase(-1, fingerprint(one.text), one.moment), days=days
            )
        ]
        for one in planted
    ]


def plain(messages: list[Timed], planted: list[Planted], days: float) -> list[list[int]]:
    """The same by scikit-learn's tf-idf of two and three signs and the cosine."""
    maker = TfidfVectorizer(analyzer="char", ngram_range=(2, 3), sublinear_tf=True)
    held = maker.fit_transform([one.text for one in messages])
    alike = (maker.transform([one.text for one in planted]) @ held.T).toarray()
    moments = np.array([one.moment for one in messages])
    late = np.abs(moments[None, :] - np.array([one.moment for one in planted])[:, None]) > days
    first = np.argsort(-np.where(late, -1.0, alike), axis=1)[:, :3]
    return [[messages[at].number for at in row] for row in first.tolist()]


def report(messages: list[Timed], index: Index) -> list[str]:
    """Rows of a Markdown table."""
    planted = plant(messages)
    rows = [
        "| planted paraphrases (600) | days looked back | recall@1 | recall@3 |",
        "|---|---|---|---|",
    ]
    for days, said in ((30.0, "30"), (9999.0, "all")):
        for name, found in (
            ("ours", ours(index, planted, days)),
            ("plain tf-idf 2–3", plain(messages, planted, days)),
        ):
            first = np.mean(
                [one.number in row[:1] for one, row in zip(planted, found, strict=True)]
            )
            three = np.mean([one.number in row for one, row in zip(planted, found, strict=True)])
            rows.append(f"| {name} | {said} | {first:.3f} | {three:.3f} |")
    return rows
