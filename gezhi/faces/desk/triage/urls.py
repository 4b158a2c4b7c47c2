"""Topics, and the value of advice."""

from django.urls import URLPattern, URLResolver, path

from gezhi.faces.desk.triage import advice_value, export, tolerances, topics

urlpatterns: list[URLPattern | URLResolver] = [
    path("topics/", topics.topics, name="topics"),
    path("topics/export/", export.topics, name="topics_export"),
    path("topics/<slug:key>/", topics.topic, name="topic"),
    path("topics/<slug:key>/places/", topics.topic_places, name="topic_places"),
    path("advice/worth/", advice_value.value, name="worth"),
    path("advice/worth/export/", export.value, name="worth_export"),
    path("advice/worth/tolerances/", tolerances.tolerances, name="tolerances"),
    path("advice/worth/<slug:what>/tolerance/", tolerances.tolerance, name="tolerance"),
    path("advice/worth/<slug:what>/train/", tolerances.train, name="train"),
]
