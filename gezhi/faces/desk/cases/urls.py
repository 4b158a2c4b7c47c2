"""A case, its deeds, and what is looked up while doing one."""

from django.urls import URLPattern, URLResolver, path

from gezhi.faces.desk.cases import (
    call_backs,
    case,
    class_choices,
    contact,
    deed,
    drafts,
    paper,
    place_choices,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("cases/<slug:number>/", case.case, name="case"),
    path("cases/<slug:number>/sheet/", case.sheet, name="sheet"),
    path("cases/<slug:number>/sheet/<slug:paper>/", paper.paper, name="paper"),
    path(
        "cases/<slug:number>/reports/<slug:report_number>/contact/", contact.reveal, name="reveal"
    ),
    path("cases/<slug:number>/draft/", drafts.draft, name="draft"),
    path("cases/<slug:number>/answer-findings/", drafts.findings, name="answer_findings"),
    path("cases/<slug:number>/places/", place_choices.places, name="places"),
    path("cases/<slug:number>/<slug:deed>/", deed.deed, name="deed"),
    path("callbacks/", call_backs.call_backs, name="call_backs"),
    path("classes/", class_choices.class_choices, name="classes"),
]
