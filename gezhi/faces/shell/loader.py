"""Templates of this house, closed up while they are loaded; everybody else's as they are."""

from pathlib import Path

from django.template import Origin
from django.template.loaders import app_directories

from gezhi.faces.shell.white_space import close_up

_HOUSE = Path(__file__).resolve().parents[2]


class Loader(app_directories.Loader):
    """Django's loader of the folders of applications; our `.html` loses its white space."""

    def get_contents(self, origin: Origin) -> str:
        """The text of a template as it is compiled."""
        contents = super().get_contents(origin)
        path = Path(origin.name)
        ours = path.suffix == ".html" and path.is_relative_to(_HOUSE)
        return close_up(contents) if ours else contents
