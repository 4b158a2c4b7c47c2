"""Deeds of the trail in words; a deed without words is shown by its code."""

from django.utils.translation import gettext as _

from gezhi.faces.desk.setup.choices import Choice
from gezhi.ground.audit.wording import known

# Looked for most: offered beside the families.
_OFTEN = "accounts.log_in"


def verb_words(verb: str) -> str:
    """The deed in words, or its code."""
    if verb in known().verbs:
        return str(known().verbs[verb])
    module, _dot, deed = verb.partition(".")
    family = known().families.get(module)
    return f"{family.name}：{deed}" if family is not None else verb


def module_choices() -> list[Choice]:
    """Families of deeds for the filter, and the two that are looked for most."""
    families = [(f"{code}.", str(family.name)) for code, family in known().families.items()]
    return [("", _("全部")), (_OFTEN, verb_words(_OFTEN)), *families]
