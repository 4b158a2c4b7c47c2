"""A name means one thing: no module hides behind a function, and what changes things is an action."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.habits.source import python, tree

_BELOW = ("gezhi.ground.", "gezhi.records.", "gezhi.work.")


def test_no_module_of_a_package_is_hidden_by_a_name_the_package_hands_on() -> None:
    found = [
        f"{path}: {name}"
        for path in python("gezhi/")
        if path.endswith("/__init__.py")
        for name in sorted(_handed_on(tree(path), _module(path)) & _modules_beside(path))
    ]
    assert not found, (
        f"包里登出去的名字和包里的模块同名，`包.名字` 就不知道是哪一个；给模块另起名：{found}"
    )


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("from gezhi.kernel.secrets.provider import provider", {"provider"}),
        ("from gezhi.kernel.secrets import provider", set()),
        ("def provider(): pass", {"provider"}),
        ("provider = 1", {"provider"}),
    ],
)
def test_the_rule_on_hidden_modules_can_fail(source: str, names: set[str]) -> None:
    assert _handed_on(ast.parse(source), "gezhi.kernel.secrets") == names


def _module(path: str) -> str:
    return path.removesuffix("/__init__.py").replace("/", ".")


def _modules_beside(path: str) -> set[str]:
    folder = path.removesuffix("/__init__.py")
    return {
        Path(other).relative_to(folder).parts[0].removesuffix(".py")
        for other in python(f"{folder}/")
        if other != path
    }


def _handed_on(module: ast.Module, package: str) -> set[str]:
    """Names bound in a package by anything but the import of its own module."""
    found: set[str] = set()
    for node in module.body:
        if isinstance(node, ast.ImportFrom) and node.module != package:
            found |= {alias.asname or alias.name for alias in node.names}
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Assign):
            found |= {target.id for target in node.targets if isinstance(target, ast.Name)}
    return found


def test_a_face_has_things_done_by_actions_only() -> None:
    found = [
        f"{path}:{line} {name}"
        for path in python("gezhi/faces/")
        for line, name in _done_elsewhere(tree(path))
    ]
    assert not found, f"动词（要 by= 的）只在 `actions` 里，接口面只从那里叫：{found}"


def test_the_rule_on_verbs_can_fail() -> None:
    for guilty in (
        "from gezhi.records.posts.staffing import seat\nseat(user=user, by=viewer)",
        "from gezhi.records.posts import staffing\nstaffing.seat(user=user, by=viewer)",
    ):
        assert list(_done_elsewhere(ast.parse(guilty))), guilty
    for innocent in (
        "from gezhi.records.posts.actions import seat\nseat(user=user, by=viewer)",
        "from gezhi.records.posts import actions as posts\nposts.seat(user=user, by=viewer)",
        "from gezhi.records.posts import queries\nqueries.running(user)",
    ):
        assert not list(_done_elsewhere(ast.parse(innocent))), innocent


def _done_elsewhere(module: ast.Module) -> Iterator[tuple[int, str]]:
    homes = {
        alias.asname or alias.name: f"{node.module}.{alias.name}"
        for node in ast.walk(module)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(_BELOW)
        for alias in node.names
    }
    for node in ast.walk(module):
        if not isinstance(node, ast.Call) or all(one.arg != "by" for one in node.keywords):
            continue
        called = node.func.value if isinstance(node.func, ast.Attribute) else node.func
        home = homes.get(called.id, "") if isinstance(called, ast.Name) else ""
        if home and ".actions" not in home:
            yield node.lineno, ast.unparse(node.func)
