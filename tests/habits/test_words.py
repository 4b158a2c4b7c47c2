"""One word for one thing: tables, states, deeds and roles stand in GLOSSARY.md."""

import re

from django.apps import apps

from gezhi.kernel.viewer import Role
from gezhi.work.cases.rules import Deed, State
from tests.habits.source import text


def _terms() -> set[str]:
    """The Chinese words of the first column of every table, and those of the running lists."""
    glossary = text("GLOSSARY.md")
    cells = re.findall(r"^\|([^|]+)\|", glossary, flags=re.MULTILINE)
    words = {word for cell in cells for word in re.split(r"[、/（）\s]+", cell)}
    return {word for word in words if word and re.search(r"[一-鿿]", word)}


def test_every_table_is_called_by_a_word_of_the_glossary() -> None:
    terms = _terms()
    unknown = {}
    for model in apps.get_models():
        if not model.__module__.startswith("gezhi."):
            continue
        name = str(model._meta.verbose_name)
        # A side row is called after its owner: 事件文字 after 事件.
        if not any(term in name for term in terms):
            unknown[model.__name__] = name
    assert not unknown, (
        "这些表的中文名（Meta.verbose_name）不含词汇表里的任何词；"
        f"先把词写进 GLOSSARY.md 再建表，或改用表里已有的词：{unknown}"
    )


def test_every_table_says_what_it_is() -> None:
    silent = [
        model.__name__
        for model in apps.get_models()
        if model.__module__.startswith("gezhi.")
        and (not model.__doc__ or model.__doc__.startswith(f"{model.__name__}("))
    ]
    assert not silent, f"这些表没有一句话说自己是什么：{silent}"


def test_every_state_deed_and_role_is_in_the_glossary() -> None:
    glossary = text("GLOSSARY.md")
    missing = [state.value for state in State if f"`{state.value}`" not in glossary]
    words = glossary.replace("add a word", "add word")
    missing += [deed.value for deed in Deed if not _stands(deed.value.replace("_", " "), words)]
    administrators = "system / security / audit administrator"
    missing += [
        role.value
        for role in Role
        if not _stands(role.value.replace("_", " "), words)
        and not (role.value.endswith("_administrator") and administrators in words)
    ]
    assert not missing, f"这些状态、动作或角色还没有写进 GLOSSARY.md：{missing}"


def _stands(english: str, glossary: str) -> bool:
    return re.search(rf"(?<![a-z]){re.escape(english)}(?![a-z])", glossary) is not None
