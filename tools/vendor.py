"""Copy the few front-end files we serve from node_modules to the shell's static folder.

An allow-list, because whole dist folders would be 40 times as much to compress and to check.
Running it twice changes nothing; a file that npm does not have stops it with a message.
"""

import filecmp
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "node_modules"
TARGET = ROOT / "gezhi/faces/shell/static/vendor"

FILES = {
    "htmx.org/dist/htmx.min.js": "htmx.min.js",
    "leaflet/dist/leaflet.js": "leaflet/leaflet.js",
    "leaflet/dist/leaflet.css": "leaflet/leaflet.css",
    # leaflet.css names these; the manifest of static files refuses a sheet with missing images.
    "leaflet/dist/images/layers.png": "leaflet/images/layers.png",
    "leaflet/dist/images/layers-2x.png": "leaflet/images/layers-2x.png",
    "leaflet/dist/images/marker-icon.png": "leaflet/images/marker-icon.png",
    "leaflet/LICENSE": "leaflet/LICENSE",
    "htmx.org/LICENSE": "htmx.LICENSE",
}


def copy(source: Path = SOURCE, target: Path = TARGET) -> int:
    """Bring `target` to the allow-list and return how many files changed.

    Refuses (FileNotFoundError) when a listed file is missing; files no longer listed are removed.
    """
    changed = 0
    wanted = {target / name for name in FILES.values()}
    for old in sorted(target.rglob("*")) if target.exists() else []:
        if old.is_file() and old not in wanted:
            old.unlink()
            changed += 1
    for name, place in FILES.items():
        origin, copied = source / name, target / place
        if not origin.exists():
            raise FileNotFoundError(f"{name} is not in node_modules; run `npm ci` first")
        if copied.exists() and filecmp.cmp(origin, copied, shallow=False):
            continue
        copied.parent.mkdir(parents=True, exist_ok=True)
        # The map of the source is not served: its address is cut so that no browser asks for it.
        if origin.suffix == ".js":
            text = origin.read_text(encoding="utf-8")
            kept = [line for line in text.splitlines() if "sourceMappingURL" not in line]
            fresh = "\n".join(kept) + "\n"
            if copied.exists() and copied.read_text(encoding="utf-8") == fresh:
                continue
            copied.write_text(fresh, encoding="utf-8")
        else:
            shutil.copyfile(origin, copied)
        changed += 1
    return changed


if __name__ == "__main__":
    try:
        print(f"front-end files: {copy()} changed, {len(FILES)} in place")
    except FileNotFoundError as missing:
        sys.exit(str(missing))
