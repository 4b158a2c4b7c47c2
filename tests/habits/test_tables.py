"""Tables that leave open right in Excel: one writer for CSV, one for workbooks."""

import ast

from tests.habits.source import python, tree

HOME = "gezhi/ground/sheets/"
# What writes a table byte by byte: nobody else does, so that the mark of `commas` and the plain
# words of `writing` are in every one.
_WRITERS = {("csv", "writer"), ("csv", "DictWriter"), ("xlsxwriter", "Workbook")}


def _written(path: str) -> list[int]:
    return [
        node.lineno
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and (node.value.id, node.attr) in _WRITERS
    ]


def test_every_table_for_people_is_written_by_the_room_of_sheets() -> None:
    found = [
        f"{path}:{line}"
        for path in python("gezhi/")
        if not path.startswith(HOME)
        for line in _written(path)
    ]
    assert not found, (
        f"给人的表只用 ground/sheets（commas、writing、tables）写，Excel 才打得开：{found}"
    )


def test_the_rule_on_tables_sees_the_writers_there_are() -> None:
    assert any(_written(path) for path in python(HOME))
