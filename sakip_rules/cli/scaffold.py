"""A rule folder for another agency, which validates and evaluates as it is made."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

from sakip_rules.files import LANGUAGE, SETTINGS

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_TEMPLATES = Path(__file__).with_name("kerangka")


def is_folder_name(name: str) -> bool:
    """Whether a folder may be called so: it becomes a part of names in the rules."""
    return _NAME.fullmatch(name) is not None


def new_rules(folder: Path, year: int) -> tuple[Path, ...]:
    """Write the files of a new rule folder, and tell which."""
    folder.mkdir(parents=True)
    facts = {
        "@nama@": folder.name,
        "@judul@": folder.name.replace("_", " ").title(),
        "@tahun@": str(year),
        "@akhir@": str(year + 2),
        "@bahasa@": str(LANGUAGE),
        "@tanggal@": f"2 Januari {year}",
    }
    written = []
    for template in sorted(_TEMPLATES.iterdir()):
        text = template.read_text(encoding="utf-8")
        for mark, fact in facts.items():
            text = text.replace(mark, fact)
        name = template.name.removesuffix(".txt").replace("TAHUN", str(year)).replace("PENGATURAN", SETTINGS)
        path = folder / name
        path.write_text(text, encoding="utf-8", newline="\n")
        written.append(path)
    return tuple(written)


def this_year() -> int:
    return datetime.date.today().year
