"""Reading what a page holds."""

import re


def first(pattern: str, page: str) -> str:
    """The first group of the first hit; a page without one is a failure that names the pattern."""
    found = re.search(pattern, page)
    assert found, pattern
    return found.group(1)
