"""News that goes up, sent inside the transaction.

A receiver may do one thing: write one keyed task row. Anything more belongs to an action.
Each is sent with `step` (the Step just written) and `case`.
"""

from django.dispatch import Signal

# Every step that somebody may have to be told of.
stepped = Signal()
reported = Signal()
accepted = Signal()
dispatched = Signal()
relocated = Signal()
restricted = Signal()
closed = Signal()
# What is held of a reporter was deleted; sent with `report` alone.
erased = Signal()
