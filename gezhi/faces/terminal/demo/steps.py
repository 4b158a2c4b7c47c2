"""Commands that take a while tell of each step, and how long it took."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _


class TellsSteps(BaseCommand):
    """A command whose steps are told of, one line each."""

    @contextmanager
    def step(self, words: str) -> Iterator[None]:
        """Tell that it begins, and in how many seconds it was done."""
        began = time.monotonic()
        self.stdout.write(f"    {words} …", ending="")
        self.stdout.flush()
        yield
        self.stdout.write(_(" 好（%(s).1f 秒）") % {"s": time.monotonic() - began})
