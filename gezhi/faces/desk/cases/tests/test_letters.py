"""A letter presses one button: no two deeds that one role finds on one page share it."""

from collections import Counter

import pytest

from gezhi.faces.desk.cases.deeds import FORMS
from gezhi.kernel.roles import Role
from gezhi.work.cases.rules import TABLE, State

# What the keys of every page mean already.
_TAKEN = {"j", "k"}


@pytest.mark.parametrize("state", list(State))
def test_no_letter_stands_on_two_buttons_of_a_page(state: State) -> None:
    for role in Role:
        letters = Counter(
            form.letter
            for deed, form in FORMS.items()
            if form.letter and TABLE[deed].allows(state) and role in TABLE[deed].roles
        )
        assert not [letter for letter, times in letters.items() if times > 1], role


def test_no_letter_is_one_of_the_keys_of_a_list() -> None:
    assert not [deed for deed, form in FORMS.items() if form.letter in _TAKEN]
