"""News that goes up, sent inside the transaction; a receiver writes one keyed task row."""

from django.dispatch import Signal

# An asking to hand a matter to a community was answered, by the list or by the street; with `admission`.
admission_answered = Signal()
