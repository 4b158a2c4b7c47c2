"""A case is found by its own number and by a report's."""

from gezhi.faces.desk.cases.case import numbered
from gezhi.faces.desk.registry import Room

ROOM = Room(name="cases", numbered=numbered, head="desk/cases/_head.html")
