"""Refusals that faces turn into pages and answers."""

import pytest

from gezhi.kernel.errors import Conflict, Invalid, KeyReused, NotPermitted, Refusal, Unseen


@pytest.mark.parametrize(
    ("kind", "status", "code"),
    [
        (Refusal, 422, "refused"),
        (Invalid, 422, "invalid"),
        (NotPermitted, 403, "not_permitted"),
        (Unseen, 404, "not_found"),
        (Conflict, 409, "conflict"),
        (KeyReused, 409, "key_reused"),
    ],
)
def test_each_refusal_has_its_status_and_stable_code(kind, status, code):
    refusal = kind("说明")
    assert (refusal.status, refusal.code, str(refusal), refusal.field) == (status, code, "说明", "")
    assert isinstance(refusal, Refusal)


def test_a_refusal_can_name_its_field_and_a_code_of_its_own():
    refusal = Invalid("请写一写是什么事", code="too_long", field="text")
    assert (refusal.code, refusal.field) == ("too_long", "text")
    assert Invalid.code == "invalid"


def test_the_message_may_be_a_lazy_translation():
    class Lazy:
        def __str__(self) -> str:
            return "later"

    message = Lazy()
    assert Refusal(message).message is message
    assert str(Refusal(message)) == "later"
