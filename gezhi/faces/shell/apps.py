"""外壳."""

from django.apps import AppConfig


class ShellConfig(AppConfig):
    name = "gezhi.faces.shell"
    label = "shell"
    verbose_name = "外壳"

    def ready(self) -> None:
        """Know ids in addresses, and listen to what django-allauth tells about second factors."""
        from gezhi.faces.shell import converters  # noqa: F401 - registers itself
        from gezhi.faces.shell.login import receivers

        receivers.connect()
