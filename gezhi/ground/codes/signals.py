"""News of codes, sent inside the transaction; a receiver writes one keyed task row, no more."""

from django.dispatch import Signal

# Arguments: name, version, pack_id, enactment_id. A new calendar makes provisional due times final this way.
pack_imported = Signal()
