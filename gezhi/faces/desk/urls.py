"""Addresses of the desk."""

from django.urls import URLPattern, URLResolver, include, path

from gezhi.faces.desk import (
    cases,
    contact,
    doing,
    drafts,
    export,
    failed,
    home,
    intake,
    likeness,
    matters,
    notices,
    places,
    queues,
    review,
    search,
    tolerances,
    topics,
    worth,
)

app_name = "desk"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("setup/", include("gezhi.faces.desk.setup.urls")),
    path("queues/<slug:name>/", queues.queue, name="queue"),
    path("queues/<slug:name>/review/", review.review, name="review"),
    path("queues/<slug:name>/export/", export.export, name="export"),
    path("cases/<slug:number>/", cases.case, name="case"),
    path("cases/<slug:number>/sheet/", cases.sheet, name="sheet"),
    path(
        "cases/<slug:number>/reports/<slug:report_number>/contact/", contact.reveal, name="reveal"
    ),
    path("cases/<slug:number>/draft/", drafts.draft, name="draft"),
    path("cases/<slug:number>/answer-check/", drafts.check, name="answer_check"),
    path("cases/<slug:number>/places/", places.places, name="places"),
    path("cases/<slug:number>/<slug:deed>/", doing.deed, name="deed"),
    path("matters/", matters.matters, name="matters"),
    path("intake/", intake.intake, name="intake"),
    path("intake/caller/", intake.caller, name="caller"),
    path("intake/place/", intake.place, name="place"),
    path("intake/alike/", likeness.of_call, name="intake_alike"),
    path("intake/place/cases/", intake.place_cases, name="place_cases"),
    path("intake/<slug:number>/", intake.receipt, name="intake_receipt"),
    path("topics/", topics.topics, name="topics"),
    path("topics/<slug:key>/", topics.topic, name="topic"),
    path("topics/<slug:key>/places/", topics.topic_places, name="topic_places"),
    path("advice/worth/", worth.worth, name="worth"),
    path("advice/worth/tolerances/", tolerances.tolerances, name="tolerances"),
    path("advice/worth/<slug:what>/tolerance/", tolerances.tolerance, name="tolerance"),
    path("advice/worth/<slug:what>/train/", tolerances.train, name="train"),
    path("search/", search.search, name="search"),
    path("search/export/", export.export_found, name="search_export"),
    path("notices/", notices.notices, name="notices"),
    path("notices/read/", notices.read_all, name="notices_read"),
    path("notices/<row:notice_id>/open/", notices.open_notice, name="notice_open"),
    path("tasks/", failed.failed, name="failed"),
    path("tasks/<row:task_id>/retry/", failed.tend, {"deed": "retry"}, name="task_retry"),
    path("tasks/<row:task_id>/abandon/", failed.tend, {"deed": "abandon"}, name="task_abandon"),
]
