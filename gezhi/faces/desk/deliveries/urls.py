"""What was sent and what was not, below /desk/deliveries/."""

from django.urls import URLPattern, URLResolver, path

from gezhi.faces.desk.deliveries import deliveries

urlpatterns: list[URLPattern | URLResolver] = [
    path("", deliveries.deliveries, name="deliveries"),
    path("<row:delivery_id>/again/", deliveries.again, name="delivery_again"),
]
