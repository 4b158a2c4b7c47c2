"""What people and commands do to triage: train, set the tolerance, teach an alias."""

from gezhi.work.triage.actions.learning import ask_training, learn_alias, set_tolerance
from gezhi.work.triage.actions.training import Trained, train, train_from_cases

__all__ = ["Trained", "ask_training", "learn_alias", "set_tolerance", "train", "train_from_cases"]
