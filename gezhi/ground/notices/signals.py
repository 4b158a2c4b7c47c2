"""News of messages, sent inside the transaction: a receiver writes one task row and nothing else."""

from django.dispatch import Signal

# A message is to be sent by a task: `delivery_id`, and `after`, the moment it may go out (None: now).
waiting = Signal()
