"""Queues: one, its shape and saved views, several at once, on paper, taken along, below /desk/queues/."""

from django.urls import URLPattern, URLResolver, path

from gezhi.faces.desk.queues import export, outgoing, paper, queue, review, together, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("dispatching/together/", together.together, name="together"),
    path("exports/<row:outgoing_id>/", outgoing.progress, name="outgoing"),
    path("exports/<row:outgoing_id>/file/", outgoing.download, name="outgoing_file"),
    path("views/<row:view_id>/remove/", views.view_remove, name="view_remove"),
    path("<slug:name>/", queue.queue, name="queue"),
    path("<slug:name>/review/", review.review, name="review"),
    path("<slug:name>/shape/", views.arrange, name="arrange"),
    path("<slug:name>/columns/", views.columns, name="columns"),
    path("<slug:name>/save/", views.save_view, name="save_view"),
    path("<slug:name>/paper/", paper.paper, name="queue_paper"),
    path("<slug:name>/export/", export.export, name="export"),
]
