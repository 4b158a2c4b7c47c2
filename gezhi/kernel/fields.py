"""Sealed columns: the attribute is the sealed text, opening it is a word one has to write.

`person.phone` never shows a number, neither in a template nor in a log; `open_sealed(person,
"phone")` does, and that call is what a reader of the code looks for.
"""

from typing import TYPE_CHECKING, Any

from django.db import models

from gezhi.kernel.secrets import is_sealed, seal, unseal

if TYPE_CHECKING:
    _Text = models.TextField[str, str]
else:
    _Text = models.TextField


class PlainTextRefused(ValueError):
    """Plain text was about to reach a sealed column; the message names the column only."""


class SealedTextField(_Text):
    """A text column that holds sealed values (SM4-GCM) or the empty text; never null.

    Promises that plain text never reaches the database through it: saving or filtering by a text
    that is not sealed raises PlainTextRefused. Search by a blind index column beside it. Table and
    column names are part of the seal: a migration that renames one opens and seals every row.
    """

    description = "Sealed text (SM4-GCM)"

    def get_prep_value(self, value: Any) -> Any:
        """The value as it is when sealed or empty; anything else is refused."""
        if value and not (isinstance(value, str) and is_sealed(value)):
            raise PlainTextRefused(
                f"{self.model._meta.label}.{self.name} takes sealed values only: "
                "write with seal_into, search by the blind index"
            )
        return super().get_prep_value(value)


def seal_into(instance: models.Model, name: str, plain: str) -> None:
    """Set the sealed field of the instance to this text; an empty text is stored empty.

    The instance needs its id already (ValueError otherwise): ids are made in the application.
    Nothing is saved.
    """
    field = _sealed_field(type(instance), name)
    row = instance.pk
    if not isinstance(row, int):
        raise ValueError(
            f"{field.model._meta.label} needs a whole-number id before {name} is sealed"
        )
    sealed = seal(plain, row=row, **_place(field)) if plain else ""
    setattr(instance, field.attname, sealed)


def open_sealed(instance: models.Model, name: str) -> str:
    """The plain text of the sealed field; "" when it is empty. Callers record why they look.

    Raises the errors of `secrets.unseal`.
    """
    field = _sealed_field(type(instance), name)
    return open_sealed_value(type(instance), name, instance.pk, getattr(instance, field.attname))


def open_sealed_value(model: type[models.Model], name: str, row: int, value: str | None) -> str:
    """The same for a value read without its instance (`values_list("id", "phone")`)."""
    field = _sealed_field(model, name)
    if not value:
        return ""
    return unseal(value, row=row, **_place(field))


def _sealed_field(model: type[models.Model], name: str) -> SealedTextField:
    field = model._meta.get_field(name)
    if not isinstance(field, SealedTextField):
        raise TypeError(f"{model._meta.label}.{name} is not a sealed field")
    return field


def _place(field: SealedTextField) -> dict[str, str]:
    """Table and column the field stands in; the table of an inherited field is its parent's."""
    return {"table": field.model._meta.db_table, "column": field.db_column or field.attname}
