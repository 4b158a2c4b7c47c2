"""The sealed column refuses plain text and opens on explicit request only."""

from typing import ClassVar

import pytest
from django.db import connection, models, transaction

from gezhi.kernel import secrets
from gezhi.kernel.fields import (
    PlainTextRefused,
    SealedTextField,
    open_sealed,
    open_sealed_value,
    seal_into,
)

PHONE = "13812345678"


class Contact(models.Model):
    """A table that exists for these tests only."""

    id = models.BigIntegerField(primary_key=True)
    label = models.TextField(default="")
    phone = SealedTextField(blank=True, default="")
    note = SealedTextField(blank=True, default="", db_column="note_text")

    objects: ClassVar["models.Manager[Contact]"] = models.Manager()

    class Meta:
        app_label = "kernel_tests"
        managed = False
        db_table = "kernel_tests_contact"

    def __str__(self) -> str:
        return self.label


@pytest.fixture
def table(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE kernel_tests_contact (id bigint PRIMARY KEY, label text NOT NULL,"
            " phone text NOT NULL, note_text text NOT NULL)"
        )


def stored() -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone, note_text FROM kernel_tests_contact ORDER BY id")
        return list(cursor.fetchall())


def test_what_is_stored_and_what_the_attribute_shows_is_sealed(keys, table):
    contact = Contact(id=7)
    seal_into(contact, "phone", PHONE)
    contact.save()
    again = Contact.objects.get(id=7)
    assert secrets.is_sealed(again.phone)
    assert PHONE not in stored()[0][0]
    assert open_sealed(again, "phone") == PHONE


def test_an_empty_text_is_stored_empty_and_reads_as_empty(keys, table):
    contact = Contact(id=7)
    seal_into(contact, "phone", "")
    contact.save()
    assert stored() == [("", "")]
    assert open_sealed(contact, "phone") == ""
    assert open_sealed(contact, "note") == ""
    assert open_sealed_value(Contact, "note", 7, None) == ""


@pytest.mark.parametrize(
    "write",
    [
        lambda: Contact(id=7, phone=PHONE).save(),
        lambda: Contact.objects.create(id=7, phone=PHONE),
        lambda: Contact.objects.bulk_create([Contact(id=7, phone=PHONE)]),
        lambda: Contact.objects.update(phone=PHONE),
    ],
    ids=["save", "create", "bulk_create", "update"],
)
def test_plain_text_is_never_written_and_the_message_does_not_repeat_it(keys, table, write):
    with pytest.raises(PlainTextRefused, match=r"Contact\.phone") as caught, transaction.atomic():
        write()
    assert PHONE not in str(caught.value)
    assert stored() == []


def test_searching_for_plain_text_is_refused_rather_than_finding_nothing(keys, table):
    with pytest.raises(PlainTextRefused):
        Contact.objects.filter(phone=PHONE).exists()
    assert not Contact.objects.filter(phone="").exists()


def test_a_value_moved_to_another_row_or_column_does_not_open(keys):
    one, two = Contact(id=1), Contact(id=2)
    seal_into(one, "phone", PHONE)
    two.phone = one.phone
    one.note = one.phone
    with pytest.raises(secrets.Unopenable):
        open_sealed(two, "phone")
    with pytest.raises(secrets.Unopenable):
        open_sealed(one, "note")


def test_the_database_name_of_a_column_is_what_counts(keys):
    contact = Contact(id=1)
    seal_into(contact, "note", "x")
    assert (
        secrets.unseal(contact.note, table="kernel_tests_contact", column="note_text", row=1) == "x"
    )


def test_a_value_read_without_its_instance_opens_too(keys, table):
    contact = Contact(id=7)
    seal_into(contact, "phone", PHONE)
    contact.save()
    [(row, value)] = Contact.objects.values_list("id", "phone")
    assert open_sealed_value(Contact, "phone", row, value) == PHONE


def test_a_row_without_id_cannot_be_sealed(keys):
    with pytest.raises(ValueError, match="id before phone"):
        seal_into(Contact(), "phone", PHONE)


def test_an_ordinary_field_is_neither_sealed_nor_opened(keys):
    with pytest.raises(TypeError, match="label is not a sealed field"):
        seal_into(Contact(id=1), "label", "x")
    with pytest.raises(TypeError, match="label is not a sealed field"):
        open_sealed(Contact(id=1), "label")


def test_a_migration_names_the_field_by_its_own_path():
    _, path, _, _ = SealedTextField(blank=True).deconstruct()
    assert path == "gezhi.kernel.fields.SealedTextField"
