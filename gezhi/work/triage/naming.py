"""Learning another name of a place, where staff settled the place of words that named nothing known."""

from gezhi.methods.locate import Gazetteer, locate
from gezhi.records.places.models import Place
from gezhi.work.triage import aliases


def learn_name(gazetteer: Gazetteer, place_words: str, *, place_id: int, case_id: int) -> bool:
    """Note the name in the words as another one of the place; answers whether it was noted.

    Words that name this place already teach nothing, and those that name another one of the
    register are a mistake about where it is, not about what it is called.
    """
    name = aliases.name_in(place_words)
    if not name:
        return False
    found = locate(gazetteer, place_words)
    if found.place_id is not None:
        return False
    known = Place.objects.filter(pk__in=[one.place_id for one in found.candidates])
    if any(place_id in (place.pk, place.compound_id) for place in known):
        return False
    if any(aliases.plain_alias(place.name) == name for place in known):
        return False
    place = Place.objects.filter(pk=place_id).first()
    return place is not None and aliases.note(place, name, case_id=case_id) is not None
