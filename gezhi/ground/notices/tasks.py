"""Sending, outside the transaction that asked for it."""

from django_tasks import task

from gezhi.ground.notices import actions


@task
def deliver(*, delivery_id: int) -> str:
    """Send one message; a provider that does not answer makes this fail and be tried again."""
    return actions.deliver(delivery_id)
