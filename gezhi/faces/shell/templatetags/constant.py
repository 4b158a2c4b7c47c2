"""`{% load constant %}`: a part of a page that is the same each time is drawn once."""

from collections.abc import Hashable
from typing import Any

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.context import Context
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()

# Set by tests: what was kept is drawn anew as well, and must be the same; the first times, then one
# in ten.
CHECKED = False
_FIRST_CHECKED, _THEN_ONE_IN = 50, 10
_MOST = 200


@register.tag
def constant(parser: Parser, token: Token) -> "ConstantNode":
    """`{% constant value … %}…{% endconstant %}`: drawn once a process for each language and values.

    For what depends on nothing else: no viewer, no form, no token against forgery, no hour.
    """
    values = [parser.compile_filter(one) for one in token.split_contents()[1:]]
    inside = parser.parse(("endconstant",))
    parser.delete_first_token()
    return ConstantNode(inside, values)


class ConstantNode(template.Node):
    """A part with what was drawn of it so far."""

    child_nodelists = ("inside",)

    def __init__(self, inside: NodeList, values: list[FilterExpression]) -> None:
        self.inside, self.values = inside, values
        self.drawn: dict[Hashable, SafeString] = {}
        self.asked = 0

    def render(self, context: Context) -> SafeString:
        """The part in the reader's language."""
        key = (get_language(), *(self._plain(one.resolve(context)) for one in self.values))
        found = self.drawn.get(key)
        if found is None:
            if len(self.drawn) >= _MOST:
                self.drawn = {}
            found = self.drawn[key] = self.inside.render(context)
        if CHECKED:
            self._check(found, context)
        return found

    def _check(self, found: SafeString, context: Context) -> None:
        self.asked += 1
        if self.asked > _FIRST_CHECKED and self.asked % _THEN_ONE_IN:
            return
        if (anew := self.inside.render(context)) != found:
            raise AssertionError(f"this part is not the same each time: {found}\nnow: {anew}")

    @staticmethod
    def _plain(value: Any) -> Hashable:
        return value if isinstance(value, Hashable) else str(value)
