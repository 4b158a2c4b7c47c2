"""The files of the project as the habits read them: what git knows, never what lies about."""

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@cache
def files() -> tuple[str, ...]:
    """Paths git tracks or would track, relative to the root; deleted ones are left out."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return tuple(sorted(path for path in listed.stdout.splitlines() if (ROOT / path).is_file()))


def python(*beginnings: str, tests: bool = False) -> list[str]:
    """Python files under these folders, without migrations, without tests unless asked."""
    return [
        path
        for path in files()
        if path.endswith(".py")
        and path.startswith(beginnings or ("",))
        and "/migrations/" not in path
        and (tests or not _is_test(path))
    ]


def _is_test(path: str) -> bool:
    return "/tests/" in f"/{path}" or path.endswith("conftest.py")


@cache
def text(path: str) -> str:
    """The text of a file; bytes that are no text are replaced."""
    return (ROOT / path).read_text(encoding="utf-8", errors="replace")


@cache
def tree(path: str) -> ast.Module:
    """The syntax tree of a Python file."""
    return ast.parse(text(path))
