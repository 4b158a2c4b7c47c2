"""What somebody reads from paper to come to their report."""

from django import forms
from django.utils.translation import gettext_lazy as _

from gezhi.faces.shell.forms import PlainForm


class TrackForm(PlainForm):
    """受理号 and 查询码, as somebody reads them from paper."""

    number = forms.CharField(
        label=_("受理号"),
        max_length=60,
        help_text=_("13 位数字"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    code = forms.CharField(
        label=_("查询码"),
        max_length=60,
        help_text=_("16 位数字，在回执上"),
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "off", "data-no-draft": ""}
        ),
    )
