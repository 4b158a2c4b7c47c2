"""权责清单."""

from django.apps import AppConfig


class DutiesConfig(AppConfig):
    name = "gezhi.records.duties"
    label = "duties"
    verbose_name = "权责清单"

    def ready(self) -> None:
        """Say what units have of this room, how its list comes in by sheet, and how its clauses are read."""
        from gezhi.ground.audit import wording
        from gezhi.ground.codes import rules
        from gezhi.ground.sheets import declared
        from gezhi.records.duties import clauses, listing, routes_sheet
        from gezhi.records.duties.holding import DUTIES, ROUTES
        from gezhi.records.duties.trail_words import WORDING
        from gezhi.records.units import holdings

        wording.register("duties", WORDING)
        holdings.register(DUTIES)
        holdings.register(ROUTES)
        rules.read_by(clauses.DICTIONARY, clauses.read)
        declared.register(listing.DUTIES)
        declared.register(routes_sheet.ROUTES)
