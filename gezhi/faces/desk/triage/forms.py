"""How much error the office will bear, as a percentage a supervisor sets."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gezhi.faces.shell.forms import PlainForm

LEAST_PERCENT, MOST_PERCENT = 1, 10


class ToleranceForm(PlainForm):
    """One question's tolerance, 1 to 10 in a hundred."""

    percent = forms.IntegerField(
        label=_("每一百件建议里，最多可以错几件"),
        min_value=LEAST_PERCENT,
        max_value=MOST_PERCENT,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def __init__(self, data: Any = None, *, what: str, percent: int | None = None) -> None:
        self.what = what
        super().__init__(data, initial={"percent": percent}, auto_id=f"tolerance_{what}_%s")
