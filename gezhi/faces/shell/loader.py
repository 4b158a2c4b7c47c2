"""Templates of this house, closed up while they are loaded; everybody else's as they are."""

from collections.abc import Iterable
from pathlib import Path

from django.template import Origin, Template, TemplateDoesNotExist, TemplateSyntaxError
from django.template.loaders import app_directories, cached

from gezhi.faces.shell.white_space import close_up

_HOUSE = Path(__file__).resolve().parents[2]


class Loader(app_directories.Loader):
    """Django's loader of the folders of applications; our `.html` loses its white space."""

    def get_contents(self, origin: Origin) -> str:
        """The text of a template as it is compiled."""
        contents = self.as_written(origin)
        path = Path(origin.name)
        ours = path.suffix == ".html" and path.is_relative_to(_HOUSE)
        return close_up(contents) if ours else contents

    def as_written(self, origin: Origin) -> str:
        """The text of a template as it stands in its file."""
        return super().get_contents(origin)


class CachedLoader(cached.Loader):
    """Compiled templates, remembered. A closed-up template is one line: what is wrong with it is
    told by the line of its file."""

    def get_template(self, template_name: str, skip: Iterable[Origin] | None = None) -> Template:
        """The template of this name; raises TemplateSyntaxError for a faulty one."""
        try:
            return super().get_template(template_name, list(skip) if skip else None)
        except TemplateSyntaxError:
            self._compile_as_written(template_name, list(skip or ()))
            raise

    def _compile_as_written(self, template_name: str, skip: list[Origin]) -> None:
        for origin in self.get_template_sources(template_name):
            if origin in skip or not isinstance(origin.loader, Loader):
                continue
            try:
                contents = origin.loader.as_written(origin)
            except TemplateDoesNotExist:
                continue
            Template(contents, origin, template_name, self.engine)
            return
