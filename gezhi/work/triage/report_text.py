"""What was said of a case: the words that every kind of advice is made from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from gezhi.kernel import prepared
from gezhi.work.cases.models import Case, ReportWords


@dataclass(frozen=True, slots=True)
class ReportText:
    """The first report of a case; all empty once it is erased."""

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


def report_text_of(case: Case) -> ReportText:
    """What the first reporter of the case said."""
    return report_texts_of([case.pk])[case.pk]


def report_texts_of(case_ids: Iterable[int]) -> dict[int, ReportText]:
    """What the first reporter of each case said, by the id of the case; one statement."""
    found = dict.fromkeys(case_ids, ReportText("", "", ""))
    # The first report of a case comes last, so it stays.
    for case_id, text, place_words in prepared.ask(_words_of, tuple(found)):
        found[case_id] = ReportText(title_of(text), text, place_words)
    return found


def _words_of(case_ids: Sequence[int]) -> QuerySet[ReportWords, tuple[int, str, str]]:
    rows = ReportWords.objects.filter(report__first_case_id__in=case_ids).order_by("-report_id")
    return rows.values_list("report__first_case_id", "text", "place_words")


def title_of(text: str) -> str:
    """The subject of a message that came without one: its first sentence, at most 40 signs."""
    for place, sign in enumerate(text[:40]):
        if sign in "。！？!?\n":
            return text[:place]
    return text[:40]
