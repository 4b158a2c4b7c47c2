"""Dividing communities into grids (pure: no database, no web)."""

from gezhi.methods.divide.certificates import Certificate, holds
from gezhi.methods.divide.division import COMPACT, EVEN, EVENEST, Division, divide
from gezhi.methods.divide.graph import Graph, graph_of
from gezhi.methods.divide.measures import Measures, measure
from gezhi.methods.divide.outcome import PROPOSALS, Outcome, divide_units
from gezhi.methods.divide.proposals import propose
from gezhi.methods.divide.reading import (
    Units,
    one_system,
    read_barriers,
    read_communities,
    read_roads,
    read_units,
)
from gezhi.methods.divide.refine import Aim
from gezhi.methods.divide.rules import Refused, Rules
from gezhi.methods.divide.surveying import Survey, survey
from gezhi.methods.divide.tiling import tile

__all__ = [
    "COMPACT",
    "EVEN",
    "EVENEST",
    "PROPOSALS",
    "Aim",
    "Certificate",
    "Division",
    "Graph",
    "Measures",
    "Outcome",
    "Refused",
    "Rules",
    "Survey",
    "Units",
    "divide",
    "divide_units",
    "graph_of",
    "holds",
    "measure",
    "one_system",
    "propose",
    "read_barriers",
    "read_communities",
    "read_roads",
    "read_units",
    "survey",
    "tile",
]
