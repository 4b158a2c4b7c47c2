"""Asking a model, or the packs' rules where the office has not learnt yet."""

import logging
from dataclasses import dataclass

from gezhi.ground.codes import queries as codes
from gezhi.methods.classify import KeywordRules, Keywords, Prediction
from gezhi.work.triage import loading
from gezhi.work.triage.tolerance import error_of

logger = logging.getLogger("gezhi.triage")

_rules: dict[tuple[str, int], KeywordRules] = {}


@dataclass(frozen=True, slots=True)
class Asked:
    """What was predicted, how, and by which trained model."""

    prediction: Prediction
    method: str
    model_id: int | None


@dataclass(frozen=True, slots=True)
class Predictor:
    """Who answers one question of one office: its model, else the packs' rules; both may be missing."""

    loaded: loading.Loaded | None
    threshold: float
    rules: KeywordRules | None

    def ask(self, message: tuple[str, str]) -> Asked | None:
        """What the office's model says of a message (subject, detail), else what the rules say.

        None where neither exists. Never raises for a model: a broken one counts as none.
        """
        if self.loaded is not None:
            try:
                prediction = self.loaded.model.predict([message], threshold=self.threshold)[0]
                return Asked(prediction, "model", self.loaded.id)
            # Whatever a model stumbles over, the case goes on with the rules.
            except Exception as error:
                logger.error("model %d failed: %s", self.loaded.id, type(error).__name__)
        if self.rules is None:
            return None
        return Asked(self.rules.predict([message])[0], "rules", None)


def predictor_of(district_id: int, what: str) -> Predictor:
    """Who answers this question now, for one message or for many."""
    rules = rules_of(what)
    loaded = loading.model_in_force(district_id, what)
    if loaded is not None:
        try:
            return Predictor(loaded, loaded.model.threshold_for(error_of(district_id, what)), rules)
        except Exception as error:
            logger.error("model %d failed: %s", loaded.id, type(error).__name__)
    return Predictor(None, 1.0, rules)


def rules_of(what: str) -> KeywordRules | None:
    """The rules of the packs in force for classes or kinds; None for what no pack knows."""
    dictionary = {"class": "matters", "kind": "request_kinds"}.get(what, "")
    pack = codes.pack_holding(dictionary) if dictionary else None
    if pack is None:
        return None
    known = _rules.get((what, pack.id))
    if known is None:
        if len(_rules) > 8:  # versions pile up in years
            _rules.clear()
        known = _rules[what, pack.id] = KeywordRules(_keywords(dictionary))
    return known


def _keywords(dictionary: str) -> list[Keywords]:
    """What the pack writes beside each code; a broad class is left to its narrow ones."""
    rows = codes.terms(dictionary)
    parents = {row.parent_code for row in rows}
    return [
        Keywords(row.code, row.name, tuple(str(row.data.get("keywords") or "").split()))
        for row in rows
        if row.code not in parents
    ]
