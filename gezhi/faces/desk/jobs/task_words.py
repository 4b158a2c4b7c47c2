"""What tasks, loops and programs of the background do, in the words of an office's administrator."""

from django.utils.translation import gettext_lazy

from gezhi.ground.jobs.timetable import timetable

# What a task does, by its path.
TASKS = {
    "gezhi.config.tasks.optimize": gettext_lazy("让数据库保持查得快"),
    "gezhi.config.tasks.tidy": gettext_lazy("清理过期的登录"),
    "gezhi.ground.audit.tasks.anchor": gettext_lazy("写当天的封存摘要"),
    "gezhi.ground.audit.tasks.seal": gettext_lazy("封存留痕"),
    "gezhi.ground.codes.tasks.enact_due": gettext_lazy("启用到日子的时限和日历"),
    "gezhi.ground.counters.tasks.prune": gettext_lazy("清理过期的计数"),
    "gezhi.ground.files.tasks.clean": gettext_lazy("清理不用的照片"),
    "gezhi.ground.jobs.tasks.prune": gettext_lazy("清理做完一周以上的任务"),
    "gezhi.ground.notices.tasks.deliver": gettext_lazy("发一条通知"),
    "gezhi.ground.sheets.tasks.prune": gettext_lazy("清理没有导入的表"),
    "gezhi.ground.sheets.tasks.store": gettext_lazy("导入表格里的行"),
    "gezhi.ground.sheets.tasks.take_back": gettext_lazy("撤销导入的行"),
    "gezhi.work.cases.tasks.announce": gettext_lazy("把办理的一步告诉有关的人"),
    "gezhi.work.cases.tasks.archive_old": gettext_lazy("把办结的事归档"),
    "gezhi.work.cases.tasks.recompute_provisional": gettext_lazy("照新日历重算时限"),
    "gezhi.work.cases.tasks.watch": gettext_lazy("把没人的单位的事往上提"),
    "gezhi.work.triage.tasks.advise": gettext_lazy("给新来的事算建议"),
    "gezhi.work.triage.tasks.find_topics": gettext_lazy("找热点"),
    "gezhi.work.triage.tasks.forget": gettext_lazy("放下保密事项里学到的"),
    "gezhi.work.triage.tasks.reckon": gettext_lazy("算建议准不准"),
    "gezhi.work.triage.tasks.settle": gettext_lazy("对照建议和人的选择"),
    "gezhi.work.triage.tasks.tidy": gettext_lazy("补做查重用的特征，清空删除过的"),
    "gezhi.work.triage.tasks.train": gettext_lazy("从本单位的事里学习"),
}
# What a loop was doing, by its name in `jobs.sweeps`.
LOOPS = {
    "beat": gettext_lazy("给定时任务排队"),
    "lift": gettext_lazy("把没人的单位的事往上提"),
    "archive": gettext_lazy("把办结的事归档"),
    "recompute": gettext_lazy("照新日历重算时限"),
    "clean-files": gettext_lazy("清理不用的照片"),
    "empty-erased": gettext_lazy("清空删除过的原话"),
    "forget-confidential": gettext_lazy("放下保密事项里学到的"),
    "take-up-missed": gettext_lazy("补做查重用的特征"),
    "reckon": gettext_lazy("算建议准不准"),
    "settle-merged": gettext_lazy("对照合并过的事"),
    "find-topics": gettext_lazy("找热点"),
}
KINDS = {
    "case": gettext_lazy("案件"),
    "district": gettext_lazy("区县"),
    "file": gettext_lazy("照片文件"),
    "schedule": gettext_lazy("定时任务"),
}
# The programs that run beside the pages, by the kind of their pulse.
PROGRAMS = {
    "beat": gettext_lazy("定时程序（到点给任务排队）"),
    "worker": gettext_lazy("办事程序（发通知、算建议、导入表格）"),
}


def task_words(path: str) -> str:
    """What a task does; its path for one that is known no more."""
    return str(TASKS.get(path, path))


def schedule_words(name: str) -> str:
    """What a line of the timetable does; its name for one that stands there no more."""
    paths = (line.task.module_path for line in timetable() if line.name == name)
    return task_words(next(paths, name))
