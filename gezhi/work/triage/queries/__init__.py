"""Questions about advice and what it was worth; the viewer first."""

from gezhi.work.triage.queries.advice import (
    AdviceView,
    Alternative,
    CaseAdvice,
    advice_for_case,
)

__all__ = ["AdviceView", "Alternative", "CaseAdvice", "advice_for_case"]
