"""How `gezhi doctor` tells what it found: lines for people, one object for programs.

It is also used before settings could be read, so it asks for no translation: Chinese, as all that a
command says of itself.
"""

import json
from collections.abc import Iterable, Sequence

from gezhi.ground.doctor.rules import WORDS, Finding, Level, worst, worst_first

_SIGNS = {Level.WELL: "✓", Level.WATCH: "!", Level.BAD: "✗"}

Titled = tuple[str, Finding]


def lines(found: Sequence[Titled]) -> Iterable[str]:
    """A finding a paragraph, the worst first; what is well takes one line each."""
    titles = {finding: title for title, finding in found}
    findings = worst_first(titles)
    for finding in findings:
        yield f"{_SIGNS[finding.level]} {finding.word}  {titles[finding]}：{finding.what}"
        if finding.why:
            yield f"      为什么要紧：{finding.why}"
        if finding.remedy:
            yield f"      怎么办：{finding.remedy}"
        if finding.command:
            yield f"      $ {finding.command}"
    counts = {level: sum(one.level is level for one in findings) for level in Level}
    yield ""
    if worst(findings) is Level.WELL:
        yield f"都好（{counts[Level.WELL]} 处）。"
    else:
        said = "，".join(f"{counts[level]} 处{WORDS[level]}" for level in reversed(Level))
        yield f"{said}。"


def as_json(found: Sequence[Titled]) -> str:
    """The same as one object: `level`, and `findings` in the order they were looked at."""
    rows = [
        {
            "code": finding.code,
            "title": title,
            "level": finding.level.value,
            "what": finding.what,
            "why": finding.why,
            "remedy": finding.remedy,
            "command": finding.command,
        }
        for title, finding in found
    ]
    level = worst(finding for _title, finding in found)
    return json.dumps({"level": level.value, "findings": rows}, ensure_ascii=False, indent=2)
