"""Addresses of pages by their names, remembered: a list asks for thirty of them."""

from functools import lru_cache

from django.urls import get_script_prefix, get_urlconf, reverse


def address(name: str, *arguments: str) -> str:
    """As Django's `reverse`, for what a page asks many times; raises NoReverseMatch."""
    return _address(get_urlconf(), get_script_prefix(), name, arguments)


@lru_cache(maxsize=4096)
def _address(_urlconf: str | None, _prefix: str, name: str, arguments: tuple[str, ...]) -> str:
    return reverse(name, args=arguments)
