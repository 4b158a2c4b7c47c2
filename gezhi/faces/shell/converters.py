"""Ids in addresses: one converter for all faces, so that none asks the database for what no row has."""

from django.urls import register_converter

from gezhi.kernel.ids import typed_id


class RowId:
    """`<row:unit_id>`: a row's id. Too large a number is an address that does not exist (404)."""

    regex = "[0-9]{1,19}"

    def to_python(self, value: str) -> int:
        """The id; ValueError, which Django takes for no match, for what no row can have."""
        row_id = typed_id(value)
        if row_id is None:
            raise ValueError("no row has this id")
        return row_id

    def to_url(self, value: int) -> str:
        """The id as it stands in an address."""
        return str(value)


register_converter(RowId, "row")
