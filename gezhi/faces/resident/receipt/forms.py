"""What a reporter may say after reporting: by number and code."""

from django import forms
from django.utils.translation import gettext_lazy as _

from gezhi.faces.shell.forms import KeyedForm, PhotosField


class WordsForm(KeyedForm):
    """补充: words, photos, or both."""

    words = forms.CharField(
        label=_("要补充的话"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    photos = PhotosField()


class ReopenForm(KeyedForm):
    """还没解决: what is still wrong."""

    words = forms.CharField(
        label=_("哪里还没解决"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class RateForm(KeyedForm):
    """评价: solved or not first, how content second, words if any."""

    resolved = forms.ChoiceField(
        label=_("解决了吗？"),
        required=False,
        choices=[
            ("solved", _("解决了")),
            ("partly", _("部分解决")),
            ("unsolved", _("没解决")),
        ],
        widget=forms.RadioSelect,
    )
    satisfied = forms.ChoiceField(
        label=_("满意吗？"),
        required=False,
        choices=[
            ("satisfied", _("满意")),
            ("acceptable", _("基本满意")),
            ("dissatisfied", _("不满意")),
        ],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("想说的话"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
