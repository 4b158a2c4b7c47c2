"""What a face may not do, and what no module below a face may know."""

import ast
from collections.abc import Iterator

from tests.habits.source import python, text, tree

# Faces that must touch rows themselves, with the reason.
MAY_TOUCH_ROWS = {
    "gezhi/faces/shell/login/": "allauth 的模型只有它的适配器认识",
    "gezhi/faces/terminal/demo/": "演示街道要替每个角色找到刚建的行",
}
_FILTERS = {"filter", "exclude", "all", "order_by", "select_related", "annotate"}
_CHANGES = {"save", "create", "bulk_create", "get_or_create", "update_or_create"}


def _faces() -> list[str]:
    return [path for path in python("gezhi/faces/") if not path.startswith(tuple(MAY_TOUCH_ROWS))]


def test_a_face_asks_queries_and_calls_actions_and_never_touches_rows() -> None:
    found = [f"{path}:{line} {what}" for path in _faces() for line, what in _touches(tree(path))]
    assert not found, (
        f"接口面只做三步：解析、调用一个 query 或 action、渲染。把这些挪到下面的模块里：{found}"
    )


def _touches(module: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(module):
        if isinstance(node, ast.Attribute) and node.attr == "objects":
            yield node.lineno, ".objects"
        if isinstance(node, ast.Name) and node.id in {"get_object_or_404", "get_list_or_404"}:
            yield node.lineno, node.id
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        name = node.func.attr
        plain_delete = name == "delete" and not node.args and not node.keywords
        if name in _CHANGES or plain_delete or (name == "update" and _on_rows(node.func.value)):
            yield node.lineno, f".{name}("


def _on_rows(value: ast.expr) -> bool:
    """Whether the thing updated came out of a query and is no dictionary."""
    return any(
        isinstance(part, ast.Call)
        and isinstance(part.func, ast.Attribute)
        and part.func.attr in _FILTERS
        for part in ast.walk(value)
    )


def test_the_rule_on_rows_can_fail() -> None:
    for guilty in (
        "Case.objects.get(pk=1)",
        "get_object_or_404(Case, pk=1)",
        "case.save()",
        "rows(viewer).filter(pk=1).update(state='closed')",
        "row.delete()",
    ):
        assert list(_touches(ast.parse(guilty))), guilty
    for innocent in ("context.update(a=1)", "cache.delete('key')", "form.is_valid()"):
        assert not list(_touches(ast.parse(innocent))), innocent


def test_below_the_faces_nobody_knows_requests_and_pages() -> None:
    below = python("gezhi/kernel", "gezhi/methods", "gezhi/ground", "gezhi/records", "gezhi/work")
    words = ("django.http", "django.shortcuts", "django.template", "gezhi.faces")
    found = [
        f"{path}: {module}"
        for path in below
        for module in _imported(tree(path))
        if module.startswith(words)
    ]
    assert not found, f"请求、响应和模板属于接口面；下面的楼层只收普通的值：{found}"


def _imported(module: ast.Module) -> Iterator[str]:
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def test_names_and_phones_are_neither_printed_nor_logged() -> None:
    """A log line holds ids, numbers and codes (security: no personal data in logs)."""
    found = [
        f"{path}:{node.lineno}"
        for path in python("gezhi/")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and _writes_a_line(node)
        for part in [*node.args, *(keyword.value for keyword in node.keywords)]
        if _is_personal(part)
    ]
    assert not found, f"日志里只放编号和代码，不放姓名、电话、地址和原话：{found}"


def test_the_rule_on_logs_can_fail() -> None:
    for guilty in ("print(user.name)", "logger.info('%s', report.phone)", "logger.warning(words)"):
        call = ast.parse(guilty, mode="eval").body
        assert isinstance(call, ast.Call)
        assert _writes_a_line(call), guilty
        assert any(_is_personal(part) for part in call.args), guilty


def _writes_a_line(call: ast.Call) -> bool:
    target = call.func
    if isinstance(target, ast.Name):
        return target.id == "print"
    levels = {"debug", "info", "warning", "error", "exception", "critical", "log"}
    return (
        isinstance(target, ast.Attribute)
        and target.attr in levels
        and isinstance(target.value, ast.Name)
        and target.value.id in {"logger", "logging", "log"}
    )


_PERSONAL = {"phone", "address", "text", "words", "contact", "password", "open_sealed"}
_PEOPLE = {"user", "person", "reporter", "contact", "resident", "voice"}


def _is_personal(part: ast.expr) -> bool:
    """Whether an argument reads something of a person; the name of a task or worker is none."""
    for node in ast.walk(part):
        if isinstance(node, ast.Name) and node.id in _PERSONAL:
            return True
        if isinstance(node, ast.Attribute):
            owner = node.value.id if isinstance(node.value, ast.Name) else ""
            if node.attr in _PERSONAL or (node.attr == "name" and owner in _PEOPLE):
                return True
    return False


def test_no_module_is_a_drawer_for_everything() -> None:
    drawers = {"utils", "util", "helpers", "helper", "common", "misc", "base", "shared", "lib"}
    # Django finds a database engine by a module of this name.
    allowed = {"gezhi/config/sqlite/base.py", "gezhi/config/postgresql/base.py"}
    found = [
        path
        for path in python(tests=True)
        if {part.removesuffix(".py") for part in path.split("/")} & drawers and path not in allowed
    ]
    assert not found, f"模块以它做的事命名，不叫 utils、helpers、common、base：{found}"


# Files over 400 lines, each with the reason why it is one thing.
LONG: dict[str, str] = {
    "benchmarks/locate/generate.py": "一个人抽地点、写法和噪声；抽的先后就是随机数的先后，拆开就换了样本",
}


def test_a_file_over_four_hundred_lines_gives_its_reason() -> None:
    lengths = {path: text(path).count("\n") for path in python(tests=True)}
    long = {path: length for path, length in lengths.items() if length > 400 and path not in LONG}
    assert not long, f"超过 400 行：先想想它是不是两件事；确是一件，在 LONG 里写明理由：{long}"
    idle = [path for path in LONG if lengths.get(path, 0) <= 400]
    assert not idle, f"这些文件已经不长了，请从 LONG 里去掉：{idle}"


def test_nothing_is_counted_in_a_cache() -> None:
    found = [path for path in python("gezhi/") if "from django.core.cache" in text(path)]
    assert not found, f"缓存满了就忘，数数和“用过一次”要记成 ground/counters 的行：{found}"
