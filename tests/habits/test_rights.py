"""Who may is asked by the name of a right (`kernel/rights.py`), never by a role."""

import ast
from collections.abc import Iterator

from tests.habits.source import python, tree

# Files that name roles, each with the reason; the list only gets shorter.
MAY_NAME_ROLES = {
    "gezhi/kernel/roles.py": "角色的词在这里",
    "gezhi/kernel/rights.py": "权利给哪些角色在这里",
    "gezhi/work/cases/deeds/": "一个动作谁能做、告诉谁，写在它自己的声明里",
    "gezhi/work/cases/rules.py": "保密的事每个环节谁看多少（RESTRICTED）",
    "gezhi/work/cases/announcing.py": "通知发给社区的人，是告诉谁，不是准谁",
    "gezhi/work/triage/announcing.py": "通知发给值班长和领导，是告诉谁，不是准谁",
    "gezhi/work/triage/receivers.py": "没做成的任务归值班长看",
    "gezhi/records/posts/": "岗位有角色：名称、人员表、能设哪些",
    "gezhi/faces/shell/login/demo.py": "演示账号每种角色列几个",
    "gezhi/faces/resident/crew/crew.py": "网格员给居民看得到，是什么岗位",
    "gezhi/faces/terminal/demo/": "演示街道按角色设岗、派活",
    "gezhi/faces/terminal/office/founding.py": "新街道先有三位管理员",
}
# Files that ask for the roles of a seat, which a table handed to them.
MAY_ASK_ROLES = {
    "gezhi/kernel/viewer.py": "权利在这里化成角色",
    "gezhi/kernel/scope.py": "范围由座位的角色算出",
    "gezhi/work/cases/standing.py": "动作的声明交来的角色",
    "gezhi/work/cases/queries/visible.py": "保密表交来的角色",
}
_ASKING = {"has", "seats_as"}


def _named(module: ast.Module) -> Iterator[int]:
    for node in ast.walk(module):
        if (
            isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Name)
            and node.value.id == "Role"
            and node.attr.isupper()
        ):
            yield node.lineno


def _asked(module: ast.Module) -> Iterator[int]:
    for node in ast.walk(module):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in _ASKING
        ):
            yield node.lineno


def test_no_role_is_named_elsewhere() -> None:
    found = {path: list(_named(tree(path))) for path in python("gezhi/")}
    guilty = [
        f"{path}:{line}"
        for path, lines in found.items()
        for line in lines
        if not path.startswith(tuple(MAY_NAME_ROLES))
    ]
    assert not guilty, (
        f"谁能做什么，在 kernel/rights.py 起个名字，用 viewer.may(Right.…)、require：{guilty}"
    )
    idle = [
        start
        for start in MAY_NAME_ROLES
        if not any(lines for path, lines in found.items() if path.startswith(start))
    ]
    assert not idle, f"这些文件已经不提角色了，请从名单里去掉：{idle}"


def test_no_seat_is_asked_for_its_role_elsewhere() -> None:
    found = {path: list(_asked(tree(path))) for path in python("gezhi/")}
    guilty = [
        f"{path}:{line}"
        for path, lines in found.items()
        for line in lines
        if path not in MAY_ASK_ROLES
    ]
    assert not guilty, f"问权利，不问角色：viewer.may(Right.…)、seats_for(Right.…)：{guilty}"
    idle = [path for path in MAY_ASK_ROLES if not found.get(path)]
    assert not idle, f"这些文件已经不问角色了，请从名单里去掉：{idle}"


def test_the_rules_on_roles_can_fail() -> None:
    guilty = ast.parse("if viewer.has(Role.ACCEPTOR): pass")
    assert list(_named(guilty))
    assert list(_asked(guilty))
    innocent = ast.parse("viewer.may(Right.TAKE_IN) and Role(text) in roles_with(Right.SEND)")
    assert not list(_named(innocent))
    assert not list(_asked(innocent))
