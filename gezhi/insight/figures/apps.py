"""指标."""

from django.apps import AppConfig


class FiguresConfig(AppConfig):
    name = "gezhi.insight.figures"
    label = "figures"
    verbose_name = "指标"

    def ready(self) -> None:
        from gezhi.ground.audit import wording
        from gezhi.ground.codes import rules
        from gezhi.insight.figures import indicators
        from gezhi.insight.figures.trail_words import WORDING

        wording.register("figures", WORDING)
        rules.read_by(indicators.DICTIONARY, indicators.read)
