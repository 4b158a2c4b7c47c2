"""What a resident fills in: three blocks, nothing required but a sentence."""

from django import forms
from django.utils.translation import gettext_lazy as _

from gezhi.faces.shell.forms import KeyedForm, PhotosField
from gezhi.kernel.ids import LARGEST


class ContactForm(KeyedForm):
    """怎么联系您: leave both empty and nobody knows who you are."""

    phone = forms.CharField(
        label=_("电话"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel"}),
    )
    name = forms.CharField(
        label=_("称呼"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name", "placeholder": _("如：陈阿姨")}),
    )


def _place_id() -> forms.IntegerField:
    return forms.IntegerField(
        required=False, min_value=1, max_value=LARGEST, widget=forms.HiddenInput
    )


# What the choice "none of these" sends among the places that words may mean.
NONE_OF_THESE = "none"


class WhereForm(KeyedForm):
    """在哪儿: a point, a place, words, or none; what was chosen last counts."""

    place_words = forms.CharField(
        label=_("在哪儿"),
        required=False,
        widget=forms.TextInput(
            attrs={"placeholder": _("小区和楼栋，或路名、店名"), "autocomplete": "off"}
        ),
    )
    longitude = forms.FloatField(required=False, widget=forms.HiddenInput)
    latitude = forms.FloatField(required=False, widget=forms.HiddenInput)
    place = forms.RegexField(
        rf"^(?:{NONE_OF_THESE}|[1-9][0-9]{{0,18}})$", required=False, widget=forms.HiddenInput
    )
    # The words that the page has said it knows no one place by: they are asked about once.
    place_seen = forms.CharField(required=False, widget=forms.HiddenInput)
    compound = _place_id()
    building = _place_id()


class ReportForm(WhereForm, ContactForm):
    """我要反映."""

    text = forms.CharField(
        label=_("什么事"),
        required=False,
        strip=False,
        widget=forms.Textarea(
            attrs={"rows": 3, "placeholder": _("怎么了？从什么时候开始的？想问的事也写这里。")}
        ),
    )
    photos = PhotosField()
    confidential = forms.BooleanField(
        required=False,
        label=_("请为我保密"),
        help_text=_(
            "只有正在受理、派单、核查、回访它的人知道是谁说的、怎么说的；办事的单位只知道要办什么。"
        ),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    # Whether answers were shown already: nobody is asked about them twice.
    answers_seen = forms.CharField(required=False, widget=forms.HiddenInput)
    join = forms.CharField(required=False, widget=forms.HiddenInput)
