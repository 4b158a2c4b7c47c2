"""外来工单."""

from django.apps import AppConfig


class OrdersConfig(AppConfig):
    name = "gezhi.work.orders"
    label = "orders"
    verbose_name = "外来工单"

    def ready(self) -> None:
        """Declare the sheet orders come by and the words of the trail."""
        from gezhi.ground.audit import wording
        from gezhi.ground.sheets import declared
        from gezhi.work.orders.listing import ORDERS
        from gezhi.work.orders.trail_words import WORDING

        declared.register(ORDERS)
        wording.register("orders", WORDING)
