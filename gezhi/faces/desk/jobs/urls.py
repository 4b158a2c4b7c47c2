"""What did not get done, below /desk/tasks/."""

from django.urls import URLPattern, URLResolver, path

from gezhi.faces.desk.jobs import export, failed

urlpatterns: list[URLPattern | URLResolver] = [
    path("", failed.failed, name="failed"),
    path("export/", export.failed, name="failed_export"),
    path("<row:task_id>/retry/", failed.tend, {"deed": "retry"}, name="task_retry"),
    path("<row:task_id>/abandon/", failed.tend, {"deed": "abandon"}, name="task_abandon"),
]
