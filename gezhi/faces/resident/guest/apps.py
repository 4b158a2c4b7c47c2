"""居民端：外单位用临时链接办事."""

from django.apps import AppConfig


class GuestConfig(AppConfig):
    name = "gezhi.faces.resident.guest"
    label = "resident_guest"
    verbose_name = "居民端：外单位办事"
