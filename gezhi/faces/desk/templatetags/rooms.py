"""`{% load rooms %}`: what rooms put into every page of the desk."""

from django import template

from gezhi.faces.desk import registry

register = template.Library()


@register.simple_tag
def rooms_heads() -> list[str]:
    """Templates of style sheets and scripts."""
    return [room.head for room in registry.rooms() if room.head]


@register.simple_tag
def rooms_dialogs() -> list[str]:
    """Templates of dialogs that open over any page."""
    return [room.dialog for room in registry.rooms() if room.dialog]
