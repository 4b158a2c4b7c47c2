"""Sealing, indexes and MACs over a keys folder of their own."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gezhi.kernel import secrets
from gezhi.kernel.secrets import blind_index, blind_indexes, mac, seal, unseal

PHONE = "13812345678"
PLACE: dict[str, Any] = {"table": "cases_report", "column": "phone", "row": 4_503_599_627_370_496}


def test_a_sealed_text_opens_in_its_place_and_shows_nothing(keys):
    value = seal(PHONE, **PLACE)
    assert PHONE not in value
    assert unseal(value, **PLACE) == PHONE


def test_the_same_text_is_never_sealed_alike(keys):
    assert len({seal(PHONE, **PLACE) for _ in range(100)}) == 100


@given(plain=st.text())
def test_any_text_comes_back_as_it_was(shared_keys, plain):
    assert unseal(seal(plain, **PLACE), **PLACE) == plain


@pytest.mark.parametrize(
    "other",
    [
        {"row": PLACE["row"] + 1},
        {"column": "name"},
        {"table": "people_person"},
        {"table": "cases_report\x00phone"[:12], "column": "report"},
    ],
)
def test_a_value_copied_to_another_place_does_not_open(keys, other):
    value = seal(PHONE, **PLACE)
    with pytest.raises(secrets.Unopenable):
        unseal(value, **{**PLACE, **other})


def test_every_altered_sign_is_noticed(keys):
    value = seal(PHONE, **PLACE)
    start = value.rindex(".") + 1
    for place in range(start, len(value)):
        other = "A" if value[place] != "A" else "B"
        altered = value[:place] + other + value[place + 1 :]
        with pytest.raises((secrets.Unopenable, secrets.Malformed)):
            unseal(altered, **PLACE)


def test_a_value_has_one_spelling_only(keys):
    value = seal(PHONE, **PLACE)
    for other in (value[:-5] + "!" + value[-5:], value + "\n", value + "==", f" {value}"):
        with pytest.raises(secrets.Malformed):
            unseal(other, **PLACE)


def test_a_shortened_value_is_no_sealed_value(keys):
    value = seal("", **PLACE)
    with pytest.raises(secrets.Malformed):
        unseal(value[:-4], **PLACE)


@pytest.mark.parametrize(
    "value",
    ["", "x", PHONE, "sm4", "sm4..AAAA", "sm4.abcd.", "sm4.abcd.AA$A", "aes.k.AAAA", "sm4.k.甲"],
)
def test_plain_text_in_the_column_is_told_apart_from_a_sealed_value(keys, value):
    assert not secrets.is_sealed(value)
    with pytest.raises(secrets.Malformed):
        unseal(value, **PLACE)


def test_is_sealed_knows_a_sealed_value(keys):
    assert secrets.is_sealed(seal(PHONE, **PLACE))


def test_no_message_holds_the_plain_text(keys):
    value = seal(PHONE, **PLACE)
    with pytest.raises(secrets.Unopenable) as caught:
        unseal(value, **{**PLACE, "row": 1})
    assert PHONE not in str(caught.value)


def test_a_value_under_an_unknown_key_id_is_refused_by_name(keys):
    _, key_id, body = seal(PHONE, **PLACE).split(".")
    unknown = "00000000" if key_id != "00000000" else "11111111"
    with pytest.raises(secrets.UnknownKey, match=unknown):
        unseal(f"sm4.{unknown}.{body}", **PLACE)


def test_names_with_a_nul_are_refused(keys):
    with pytest.raises(ValueError, match="NUL"):
        seal(PHONE, table="a\x00b", column="c", row=1)


def test_equal_texts_have_equal_indexes_and_other_names_other_ones(keys):
    assert blind_index("phone", PHONE) == blind_index("phone", PHONE)
    assert blind_index("phone", PHONE) != blind_index("number", PHONE)
    assert blind_index("phone", PHONE) != blind_index("phone", PHONE[:-1])
    assert len(blind_index("phone", PHONE)) == 41


def test_a_mac_depends_on_its_key_and_data(keys):
    assert len(mac("audit", b"block 1")) == 32
    assert mac("audit", b"block 1") == mac("audit", b"block 1")
    assert mac("audit", b"block 1") != mac("steps", b"block 1")
    assert mac("audit", b"block 1") != mac("audit", b"block 2")


def test_a_mac_under_a_name_nobody_declared_is_refused(keys):
    with pytest.raises(secrets.KeyMissing, match="nonsense"):
        mac("nonsense", b"")


def test_indexes_written_before_a_rotation_are_found_after_it(keys):
    before = blind_index("phone", PHONE)
    secrets.rotate(keys, "index")
    after = blind_index("phone", PHONE)
    assert after != before
    assert blind_indexes("phone", PHONE) == (after, before)


def test_a_mac_written_before_a_rotation_can_be_checked_by_its_key_id(keys):
    key_id, tag = secrets.current_key("audit"), mac("audit", b"block 1")
    secrets.rotate(keys, "audit")
    assert mac("audit", b"block 1") != tag
    assert mac("audit", b"block 1", key_id=key_id) == tag
    with pytest.raises(secrets.UnknownKey):
        mac("audit", b"block 1", key_id="00000000")


def test_many_threads_seal_and_open_at_once(keys):
    def there_and_back(row: int) -> bool:
        place = {**PLACE, "row": row}
        return unseal(seal(f"1380000{row:04d}", **place), **place) == f"1380000{row:04d}"

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(there_and_back, range(400)))


def test_threads_seal_on_while_keys_are_rotated(keys):
    def there_and_back(row: int) -> bool:
        place = {**PLACE, "row": row}
        if row % 50 == 0:
            secrets.rotate(keys, "field")
        return unseal(seal(PHONE, **place), **place) == PHONE

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(there_and_back, range(400)))
