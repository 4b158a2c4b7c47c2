"""Asking a model, or the packs' rules where the office has not learnt yet."""

import logging
from dataclasses import dataclass

from gezhi.ground.codes import queries as codes
from gezhi.methods.classify import KeywordRules, Keywords, Prediction
from gezhi.work.triage import shelf
from gezhi.work.triage.tolerance import error_of

logger = logging.getLogger("gezhi.triage")

# How people begin a request of each kind; the packs have no keywords for kinds.
KIND_CUES: dict[str, tuple[str, ...]] = {
    "consult": ("请问", "咨询", "怎么办理", "如何办理", "需要什么", "什么时候", "在哪", "想问", "想了解", "能不能"),
    "help": ("求助", "帮帮", "帮忙", "救", "困难", "希望帮", "急需"),
    "complaint": ("投诉", "不作为", "态度", "不满", "扰民", "一直没人", "推诿", "拖延"),
    "tip": ("举报", "违法", "违规", "违建", "无证", "偷", "黑"),
    "suggestion": ("建议", "能否", "希望能", "增设", "改进", "优化"),
    "praise": ("感谢", "表扬", "点赞", "谢谢"),
}  # fmt: skip

_rules: dict[tuple[str, int], KeywordRules] = {}


@dataclass(frozen=True, slots=True)
class Asked:
    """What was predicted, how, and by which trained model."""

    prediction: Prediction
    method: str
    model_id: int | None


def ask(district_id: int, what: str, message: tuple[str, str]) -> Asked | None:
    """What the office's model says of a message (subject, detail), else what the rules say.

    None where neither exists. Never raises for a model: a broken one counts as none.
    """
    loaded = shelf.model_in_force(district_id, what)
    if loaded is not None:
        try:
            threshold = loaded.model.threshold_for(error_of(district_id, what))
            prediction = loaded.model.predict([message], threshold=threshold)[0]
            return Asked(prediction, "model", loaded.id)
        # Whatever a model stumbles over, the case goes on with the rules.
        except Exception as error:
            logger.error("model %d failed: %s", loaded.id, type(error).__name__)
    rules = rules_of(what)
    return None if rules is None else Asked(rules.predict([message])[0], "rules", None)


def rules_of(what: str) -> KeywordRules | None:
    """The rules of the packs in force for classes or kinds; None for what no pack knows."""
    dictionary = {"class": "matters", "kind": "request_kinds"}.get(what, "")
    pack = codes.pack_holding(dictionary) if dictionary else None
    if pack is None:
        return None
    known = _rules.get((what, pack.id))
    if known is None:
        known = KeywordRules(_class_keywords() if what == "class" else _kind_keywords())
        _rules.clear() if len(_rules) > 8 else None
        _rules[what, pack.id] = known
    return known


def _class_keywords() -> list[Keywords]:
    rows = codes.terms("matters")
    parents = {row.parent_code for row in rows}
    return [
        Keywords(row.code, row.name, tuple(str(row.data.get("keywords") or "").split()))
        for row in rows
        if row.code not in parents
    ]


def _kind_keywords() -> list[Keywords]:
    return [
        Keywords(row.code, row.name, KIND_CUES.get(row.code, ()))
        for row in codes.terms("request_kinds")
    ]
