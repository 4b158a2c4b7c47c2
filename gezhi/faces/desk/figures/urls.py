"""Figures of the viewer's area, below /desk/figures/."""

from django.urls import URLPattern, URLResolver, path

from gezhi.faces.desk.figures import behind, bulletin, export, figures

urlpatterns: list[URLPattern | URLResolver] = [
    path("", figures.figures, name="figures"),
    path("<slug:indicator>/<slug:side>/", behind.cases, name="figure_cases"),
    path("bulletin/", bulletin.bulletin, name="bulletin"),
    path("notice-board/", bulletin.board, name="notice_board"),
    path("export/", export.export, name="figures_export"),
]
