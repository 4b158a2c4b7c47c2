import sys

import pytest

from gezhi.methods import divide
from gezhi.methods.divide.exact import exact
from gezhi.methods.divide.tests.test_division import path_of


def test_without_the_solver_the_answer_names_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "ortools", None)
    with pytest.raises(divide.Refused) as refused:
        exact(path_of([150, 150, 150]), divide.Rules(), 1)
    assert refused.value.code == "no_solver"
    assert refused.value.facts == {"install": "ortools"}
