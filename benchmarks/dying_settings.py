"""Our own settings, and a web process that dies at the moments that matter."""

from gezhi.config.settings import *
from gezhi.config.settings import MIDDLEWARE as OURS

MIDDLEWARE = ["benchmarks.dying.Dying", *OURS]
