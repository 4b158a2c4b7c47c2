"""Queues: one, ending or sending several at once, taking it along, below /desk/queues/."""

from django.urls import URLPattern, URLResolver, path

from gezhi.faces.desk.queues import export, queue, review, together

urlpatterns: list[URLPattern | URLResolver] = [
    path("dispatching/together/", together.together, name="together"),
    path("<slug:name>/", queue.queue, name="queue"),
    path("<slug:name>/review/", review.review, name="review"),
    path("<slug:name>/export/", export.export, name="export"),
]
