"""Sheets brought in, below /desk/sheets/: one set of pages for every declared sheet."""

from django.urls import URLPattern, URLResolver, path

from gezhi.faces.desk.sheets import batch, upload

urlpatterns: list[URLPattern | URLResolver] = [
    path("<slug:sheet>/", upload.upload, name="sheet_upload"),
    path("<slug:sheet>/template/", upload.template, name="sheet_template"),
    path("batches/<row:batch_id>/", batch.batch, name="sheet_batch"),
    path("batches/<row:batch_id>/match/", batch.match, name="sheet_match"),
    path("batches/<row:batch_id>/begin/", batch.begin, name="sheet_begin"),
    path("batches/<row:batch_id>/bad/", batch.bad_rows, name="sheet_bad"),
    path("batches/<row:batch_id>/go-on/", batch.go_on, name="sheet_go_on"),
    path("batches/<row:batch_id>/undo/", batch.undo, name="sheet_undo"),
]
