"""核实 and 核查 on any face: what somebody found where they went to look."""

from gezhi.faces.shell.deeds import DeedForm
from gezhi.work.cases import actions
from gezhi.work.cases.models import Step
from gezhi.work.cases.rules import Deed


class LookForm(DeedForm):
    """A look that was asked for; a face puts its rows `answer`, `photos` and `words` in its words."""

    REFUSED_AS = DeedForm.REFUSED_AS | {"passed": "answer"}


class VerifyForm(LookForm):
    """核实回复: `answer` is exists, absent or unclear."""

    deed = Deed.VERIFY

    def do(self) -> Step:
        return actions.verify(
            **self.to,
            answer=self.cleaned_data["answer"],
            words=self.cleaned_data["words"],
            photos=self.pictures(),
        )


class CheckForm(LookForm):
    """核查 of others' work: `answer` is passed or rework."""

    deed = Deed.CHECK

    def do(self) -> Step:
        return actions.check(
            **self.to,
            passed=self.cleaned_data["answer"] == "passed",
            words=self.cleaned_data["words"],
            photos=self.pictures(),
        )
