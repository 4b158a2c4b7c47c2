"""News that goes up, sent inside the transaction: a receiver writes one keyed task row, no more."""

from django.dispatch import Signal

# A supervisor wants a model learnt anew: `what`, `district_id`.
training_asked = Signal()
