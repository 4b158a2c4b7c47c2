"""All figures of the look for duplicates, beside plain baselines in the same run.

python -m benchmarks.resemble [planted] [judged] [speed] [wordless]
"""

import argparse
import warnings

from benchmarks.resemble import data, judged, planted, speed, wordless

PARTS = ("planted", "judged", "speed", "wordless")


def main() -> None:
    """Print the asked parts as Markdown; a part whose data are absent says so."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], default=list(PARTS))
    parts = parser.parse_args().parts
    warnings.simplefilter("ignore")
    messages, requests = data.messages(), data.requests()
    if messages is None:
        print("skipped: ../shared/data/messages/timed.csv.gz is not here")
    else:
        index = planted.filled(messages)
        if "planted" in parts:
            show(planted.report(messages, index))
        if "judged" in parts:
            show(judged.report(messages, index))
        if "speed" in parts:
            show(speed.report(messages))
    if requests is None:
        print("skipped: ../shared/data/requests_311 is not here")
    elif "wordless" in parts:
        show(wordless.report(requests))


def show(lines: list[str]) -> None:
    """Print lines as one Markdown block."""
    print("\n".join(lines), end="\n\n", flush=True)


if __name__ == "__main__":
    main()
