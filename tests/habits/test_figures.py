"""No page counts for itself: a number is a figure of its room (`shell/figures.py`), or the length
of the very list the page shows (`paging.length_of`)."""

import ast

from tests.habits.source import python, tree

MAY_COUNT = ("figures.py", "paging.py")


def test_faces_count_rows_only_where_figures_are_named() -> None:
    counting = [
        f"{path}:{node.lineno}"
        for path in python("gezhi/faces")
        if not path.endswith(MAY_COUNT) and "/terminal/" not in path
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("count", "aggregate")
        and not node.args
    ]
    assert not counting
