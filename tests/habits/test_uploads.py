"""A view that takes files says how large a request it reads; the front refuses more unread."""

import ast
import functools
import importlib
import inspect
from pathlib import Path

from django.urls import URLPattern, get_resolver

from gezhi import faces
from gezhi.faces.shell.bodies import PLAIN_BYTES

FACES = Path(next(iter(faces.__path__)))


def views(patterns):
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield pattern.callback
        else:
            yield from views(pattern.url_patterns)


def words_in(node):
    """Every name and attribute a piece of code speaks of."""
    return {word.id for word in ast.walk(node) if isinstance(word, ast.Name)} | {
        word.attr for word in ast.walk(node) if isinstance(word, ast.Attribute)
    }


@functools.cache
def methods_that_take():
    """Names of the faces' methods that look at sent files: a view may leave it to an object."""
    return {
        deed.name
        for path in FACES.rglob("*.py")
        if "tests" not in path.parts
        for made in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(made, ast.ClassDef)
        for deed in made.body
        if isinstance(deed, ast.FunctionDef) and "FILES" in words_in(deed)
    }


def takers(module):
    """Names of the module's functions that look at sent files, themselves or through another, be it
    one that another module of the faces lends."""
    tree = ast.parse(inspect.getsource(module))
    lent = {
        one.asname or one.name
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith("gezhi.faces")
        for one in node.names
        if one.name in own_takers(node.module)
    }
    return closed(tree, lent)


@functools.cache
def own_takers(name):
    """Names of the functions of a module that look at sent files."""
    path = Path(str(importlib.import_module(name).__file__))
    return closed(ast.parse(path.read_text("utf-8")), set())


def closed(tree, lent):
    named = {
        node.name: words_in(node) for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)
    }
    signs = {"FILES", *methods_that_take(), *lent}
    found = {name for name, words in named.items() if words & signs}
    while more := {name for name, words in named.items() if words & found} - found:
        found |= more
    return found


def test_every_view_that_takes_files_says_how_much_it_reads():
    silent, looked_at = [], 0
    for view in views(get_resolver().url_patterns):
        if not getattr(view, "__module__", "").startswith("gezhi.faces"):
            continue
        if view.__name__ in takers(importlib.import_module(view.__module__)):
            looked_at += 1
            if getattr(view, "most_body_bytes", 0) <= PLAIN_BYTES:
                silent.append(f"{view.__module__}.{view.__name__}")
    assert looked_at >= 10
    assert not silent, f"写上 @takes_up_to（faces/shell/bodies.py）：{sorted(set(silent))}"
