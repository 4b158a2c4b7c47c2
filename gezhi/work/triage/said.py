"""What was said of a case: the words that every kind of advice is made from."""

from dataclasses import dataclass

from gezhi.work.cases.models import Case, ReportWords


@dataclass(frozen=True, slots=True)
class Said:
    """The first voice of a case; all empty once it is erased."""

    title: str
    text: str
    place_words: str

    @property
    def is_empty(self) -> bool:
        return not (self.text or self.place_words)

    @property
    def message(self) -> tuple[str, str]:
        """Subject and detail, as the methods take a message."""
        return self.title, self.text


def said_of(case: Case) -> Said:
    """What the first reporter of the case said."""
    words = (
        ReportWords.objects.filter(report__first_case=case)
        .order_by("report_id")
        .values_list("text", "place_words")
        .first()
    )
    text, place_words = words or ("", "")
    return Said(title_of(text), text, place_words)


def title_of(text: str) -> str:
    """The subject of a message that came without one: its first sentence, at most 40 signs."""
    for place, sign in enumerate(text[:40]):
        if sign in "。！？!?\n":
            return text[:place]
    return text[:40]
