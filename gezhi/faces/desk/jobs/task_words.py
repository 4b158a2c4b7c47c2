"""What tasks, loops and programs of the background do, in the words of an office's administrator.

Each module says it of its own tasks and loops, with the words of the trail (`trail_words.py`).
"""

from django.utils.translation import gettext_lazy

from gezhi.ground.audit.wording import known
from gezhi.ground.jobs.timetable import timetable

KINDS = {
    "article": gettext_lazy("知识条目"),
    "case": gettext_lazy("案件"),
    "district": gettext_lazy("区县"),
    "file": gettext_lazy("照片文件"),
    "schedule": gettext_lazy("定时任务"),
    "rota": gettext_lazy("值班表"),
    "emergency": gettext_lazy("应急"),
    "street": gettext_lazy("街道"),
}
# The programs that run beside the pages, by the kind of their pulse.
PROGRAMS = {
    "beat": gettext_lazy("定时程序（到点给任务排队）"),
    "worker": gettext_lazy("办事程序（发通知、算建议、导入表格）"),
}


def task_words(path: str) -> str:
    """What a task does; its path for one that is known no more."""
    return str(known().tasks.get(path, path))


def loop_words(name: str) -> str:
    """What a loop was doing, by its name in `jobs.sweeps`; the name for one that is known no more."""
    return str(known().loops.get(name, name))


def schedule_words(name: str) -> str:
    """What a line of the timetable does; its name for one that stands there no more."""
    paths = (line.task.module_path for line in timetable() if line.name == name)
    return task_words(next(paths, name))
