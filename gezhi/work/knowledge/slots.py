"""The slots `{…}` of a template, by the codes and the names of the packs; pure."""

import re
from collections.abc import Mapping

SLOT = re.compile(r"\{([^{}]{0,20})\}")


def coded(text: str, names: Mapping[str, str]) -> str:
    """The text with every slot by its code; `names` is code → name, and either may be written."""
    by_name = {name: code for code, name in names.items()}

    def one(slot: re.Match[str]) -> str:
        said = slot[1].strip()
        return "{" + by_name.get(said, said) + "}"

    return SLOT.sub(one, text)


def unknown(text: str, names: Mapping[str, str]) -> list[str]:
    """What stands in braces and is no slot, each once; a brace that closes nothing is one, too."""
    known = set(names) | set(names.values())
    said = [slot.strip() for slot in SLOT.findall(text)]
    wrong = [slot for slot in said if slot not in known]
    left = SLOT.sub("", text)
    wrong += [brace for brace in "{}" if brace in left]
    return list(dict.fromkeys(wrong))


def shown(text: str, names: Mapping[str, str]) -> str:
    """The text with every slot by its name, as people write it."""
    return SLOT.sub(lambda slot: "{" + names.get(slot[1].strip(), slot[1]) + "}", text)
