"""Hot topics 热点: what many people speak of at one place (pure: no database, no web)."""

from gezhi.methods.resemble.topics.find import WINDOW_DAYS, find_topics
from gezhi.methods.resemble.topics.voice import HeatParts, Topic, Voice

__all__ = ["WINDOW_DAYS", "HeatParts", "Topic", "Voice", "find_topics"]
