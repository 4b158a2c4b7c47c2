"""智能分拨."""

from django.apps import AppConfig


class TriageConfig(AppConfig):
    name = "gezhi.work.triage"
    label = "triage"
    verbose_name = "智能分拨"

    def ready(self) -> None:
        from gezhi.ground.audit import triggers, wording
        from gezhi.records.places import gazetteers
        from gezhi.work.triage import aliases, counting, receivers
        from gezhi.work.triage.trail_words import WORDING

        wording.register("triage", WORDING)
        triggers.register(sqlite=counting.SQLITE, postgresql=counting.POSTGRESQL)

        receivers.connect()
        gazetteers.take_names_from(aliases.LEARNT)
