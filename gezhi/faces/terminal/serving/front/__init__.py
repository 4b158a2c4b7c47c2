"""What stands between the network and Django: requests are read whole, or refused, before a thread
is taken for them.

Django reads a body in the thread that answers, so a sender who is slow holds the thread. Here the
event loop reads: ten thousand slow senders cost memory for what they sent, and no thread.
"""

from gezhi.faces.terminal.serving.front.application import Front

__all__ = ["Front"]
