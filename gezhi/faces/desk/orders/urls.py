"""Orders of 12345, below /desk/orders/."""

from django.urls import URLPattern, URLResolver, path

from gezhi.faces.desk.orders import (
    classes,
    exporting,
    folder,
    listing,
    mappings,
    order,
    pasting,
    reconciling,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", listing.orders, name="orders"),
    path("paste/", pasting.paste, name="orders_paste"),
    path("batches/<row:orders_batch_id>/", listing.batch, name="orders_batch"),
    path("export/", exporting.export, name="orders_export"),
    path("classes/", classes.classes, name="order_classes"),
    path("classes/<row:class_match_id>/", classes.settle, name="order_class"),
    path("mappings/", mappings.kept, name="order_mappings"),
    path("mappings/in/<row:orders_batch_id>/", mappings.keep_in, name="order_mapping_in"),
    path("mappings/out/", mappings.keep_out, name="order_mapping_out"),
    path("reconciliations/", reconciling.reconciliations, name="order_reconciliations"),
    path(
        "reconciliations/<row:reconciliation_id>/",
        reconciling.reconciliation,
        name="order_reconciliation",
    ),
    path(
        "reconciliations/<row:reconciliation_id>/export/",
        reconciling.export,
        name="order_reconciliation_export",
    ),
    path("folder/", folder.folder, name="orders_folder"),
    path("<row:order_id>/", order.order, name="order"),
    path("<row:order_id>/reply/", order.reply, name="order_reply"),
    path("<row:order_id>/merge/<slug:into_number>/", order.merge, name="order_merge"),
    path("<row:order_id>/replies/<row:reply_id>/", order.complete, name="order_reply_complete"),
]
