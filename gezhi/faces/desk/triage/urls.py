"""Topics, and the value of advice."""

from django.urls import URLPattern, URLResolver, path

from gezhi.faces.desk.triage import advice_value, export, tolerances, topics

urlpatterns: list[URLPattern | URLResolver] = [
    path("topics/", topics.topics, name="topics"),
    path("topics/export/", export.topics, name="topics_export"),
    path("topics/<slug:key>/", topics.topic, name="topic"),
    path("topics/<slug:key>/places/", topics.topic_places, name="topic_places"),
    path("advice/value/", advice_value.value, name="value"),
    path("advice/value/export/", export.value, name="value_export"),
    path("advice/value/tolerances/", tolerances.tolerances, name="tolerances"),
    path("advice/value/<slug:what>/tolerance/", tolerances.tolerance, name="tolerance"),
    path("advice/value/<slug:what>/train/", tolerances.train, name="train"),
]
