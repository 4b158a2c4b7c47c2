"""Figures of the viewer's area, below /desk/figures/."""

from django.urls import URLPattern, URLResolver, path

from gezhi.faces.desk.figures import behind, export, figures

urlpatterns: list[URLPattern | URLResolver] = [
    path("", figures.figures, name="figures"),
    path("<slug:indicator>/<slug:side>/", behind.cases, name="figure_cases"),
    path("export/", export.export, name="figures_export"),
]
