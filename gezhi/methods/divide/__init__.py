"""Dividing communities into grids (pure: no database, no web)."""

from gezhi.methods.divide.certificates import Certificate, check
from gezhi.methods.divide.division import COMPACT, EVEN, EVENEST, Division, divide
from gezhi.methods.divide.graph import Graph, graph_of
from gezhi.methods.divide.measures import Measures, measure
from gezhi.methods.divide.refine import Aim
from gezhi.methods.divide.rules import Refused, Rules
from gezhi.methods.divide.survey import Survey, survey
from gezhi.methods.divide.tiling import tile

__all__ = [
    "COMPACT",
    "EVEN",
    "EVENEST",
    "Aim",
    "Certificate",
    "Division",
    "Graph",
    "Measures",
    "Refused",
    "Rules",
    "Survey",
    "check",
    "divide",
    "graph_of",
    "measure",
    "survey",
    "tile",
]
