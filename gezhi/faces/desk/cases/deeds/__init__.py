"""The deeds of a case page, each a form with its words and its one call."""

from gezhi.faces.desk.cases.deeds.accepting import (
    AcceptForm,
    AnswerForm,
    RejectForm,
    SummarizeForm,
)
from gezhi.faces.desk.cases.deeds.aiding import AssistForm
from gezhi.faces.desk.cases.deeds.appealing import (
    AppealForm,
    DecideForm,
    ExcludeForm,
    IncludeForm,
)
from gezhi.faces.desk.cases.deeds.calling import (
    CallBackForm,
    ChosenReportForm,
    ContactForm,
    ReopenForm,
)
from gezhi.faces.desk.cases.deeds.delaying import (
    AskToExtendForm,
    AskToHangForm,
    ExtendForm,
    HangForm,
    ResumeForm,
    ReviewForm,
)
from gezhi.faces.desk.cases.deeds.dispatching import DispatchForm
from gezhi.faces.desk.cases.deeds.ending import CheckForm, CloseForm, ForceCloseForm, PassForm
from gezhi.faces.desk.cases.deeds.form import DeedForm
from gezhi.faces.desk.cases.deeds.handling import FinishForm, ReturnForm, TakeForm
from gezhi.faces.desk.cases.deeds.inviting import InviteForm, RespondForm, RevokeForm
from gezhi.faces.desk.cases.deeds.merging import MergeForm
from gezhi.faces.desk.cases.deeds.overseeing import (
    DischargeForm,
    EscalateForm,
    ReportToSupervisorForm,
    SuperviseForm,
    UrgeForm,
)
from gezhi.faces.desk.cases.deeds.relocating import RelocateForm
from gezhi.faces.desk.cases.deeds.restricting import RestrictForm
from gezhi.faces.desk.cases.deeds.ruling import DisputeForm, RuleForm
from gezhi.faces.desk.cases.deeds.verifying import AskForm, VerifyForm
from gezhi.faces.desk.cases.deeds.whistling import ArriveForm, ScoreForm, WhistleForm
from gezhi.work.cases.rules import Deed

FORMS: dict[Deed, type[DeedForm]] = {
    form.deed: form
    for form in (
        AskForm,
        VerifyForm,
        AcceptForm,
        AnswerForm,
        RejectForm,
        MergeForm,
        DispatchForm,
        TakeForm,
        ReturnForm,
        FinishForm,
        PassForm,
        CheckForm,
        CloseForm,
        CallBackForm,
        ReopenForm,
        ContactForm,
        SummarizeForm,
        RelocateForm,
        RestrictForm,
        AssistForm,
        DisputeForm,
        RuleForm,
        ForceCloseForm,
        AppealForm,
        DecideForm,
        ExcludeForm,
        IncludeForm,
        SuperviseForm,
        ReportToSupervisorForm,
        DischargeForm,
        UrgeForm,
        AskToHangForm,
        HangForm,
        ReviewForm,
        ResumeForm,
        AskToExtendForm,
        ExtendForm,
        WhistleForm,
        ArriveForm,
        ScoreForm,
        EscalateForm,
        InviteForm,
        RevokeForm,
        RespondForm,
    )
}

# The one filled button of a page is the first of these that can be done.
MAIN = (
    Deed.RULE,
    Deed.PASS,
    Deed.CHECK,
    Deed.CLOSE,
    Deed.HANG,
    Deed.EXTEND,
    Deed.RESUME,
    Deed.FINISH,
    Deed.TAKE,
    Deed.ASSIST,
    Deed.ARRIVE,
    Deed.DISCHARGE,
    Deed.DISPATCH,
    Deed.INVITE,
    Deed.ANSWER,
    Deed.ACCEPT,
    Deed.VERIFY,
    Deed.CALL_BACK,
)
# What somebody named this unit for, by a day: it stands right after the main one.
ASKED = (Deed.REPORT_TO_SUPERVISOR, Deed.ARRIVE)
# Notes on the side stand last and quiet.
ASIDE = (
    Deed.CONTACT,
    Deed.SUMMARIZE,
    Deed.RELOCATE,
    Deed.RESTRICT,
    Deed.REOPEN,
    Deed.DISPUTE,
    Deed.FORCE_CLOSE,
    Deed.APPEAL,
    Deed.EXCLUDE,
    Deed.INCLUDE,
    Deed.SUPERVISE,
    Deed.URGE,
    Deed.WHISTLE,
    Deed.ESCALATE,
    Deed.REVOKE,
)

__all__ = ["ASIDE", "ASKED", "FORMS", "MAIN", "ChosenReportForm", "DeedForm"]
