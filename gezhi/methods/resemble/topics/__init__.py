"""Hot topics 热点: what many people speak of at one place (pure: no database, no web)."""

from gezhi.methods.resemble.topics.find import WINDOW_DAYS, find_topics
from gezhi.methods.resemble.topics.report import HeatParts, Topic, TopicReport

__all__ = ["WINDOW_DAYS", "HeatParts", "Topic", "TopicReport", "find_topics"]
