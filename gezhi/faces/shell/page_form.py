"""A form of a page of its own, on which a refusal of the action lands on the row it is about."""

from typing import Any

from gezhi.faces.shell.forms import PlainForm
from gezhi.kernel.errors import Refusal, Unseen


class PageForm(PlainForm):
    """A form without colons after its labels; unknown fields of a refusal go to the top."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""

    def refuse(self, refusal: Refusal) -> None:
        """Show a refusal on its row, or above the form; what does not exist stays a 404."""
        if isinstance(refusal, Unseen):
            raise refusal
        row = self.row_of(refusal.field)
        self.add_error(row if row in self.fields else None, str(refusal.message))

    def row_of(self, field: str) -> str:
        """The row on which a refusal of this field of the action stands."""
        return field

    @property
    def status(self) -> int:
        """The status of the page that shows this form: 422 once something was refused."""
        return 422 if self.errors else 200
