"""拟答: like closed cases, a draft answer from them, and a check before an answer goes."""

from gezhi.methods.answer.shelf import Found, Shelf, Source

__all__ = ["Found", "Shelf", "Source"]
