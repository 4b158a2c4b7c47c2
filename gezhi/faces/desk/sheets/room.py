"""Sheets brought in add nothing of their own: the lists they fill lead to them."""

from gezhi.faces.desk.registry import Room

ROOM = Room(name="sheets")
