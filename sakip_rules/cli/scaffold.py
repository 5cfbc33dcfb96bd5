"""What ``new`` makes: a rule folder that validates and evaluates at once, and a plugin whose test passes."""

from __future__ import annotations

import datetime
import keyword
import re
import sys
from collections.abc import Mapping
from pathlib import Path

from sakip_rules.files import LANGUAGE, SETTINGS

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_RULES = Path(__file__).with_name("kerangka")
_PLUGIN = Path(__file__).with_name("kerangka_plugin")


def is_folder_name(name: str) -> bool:
    """Whether a folder may be called so: it becomes a part of names in the rules."""
    return _NAME.fullmatch(name) is not None


def is_plugin_name(name: str) -> bool:
    """Whether a plugin may be called so: it becomes a package that takes the name of no other."""
    taken = name in sys.stdlib_module_names or name in ("tests", "sakip_rules", "sakip_plugins")
    return is_folder_name(name) and not keyword.iskeyword(name) and not taken


def new_rules(folder: Path, year: int) -> tuple[Path, ...]:
    """Write the files of a new rule folder, and tell which."""
    facts = {
        "@nama@": folder.name,
        "@judul@": folder.name.replace("_", " ").title(),
        "@tahun@": str(year),
        "@akhir@": str(year + 2),
        "@bahasa@": str(LANGUAGE),
        "@tanggal@": f"2 Januari {year}",
    }
    names = {
        template: template.name.removesuffix(".txt").replace("TAHUN", str(year)).replace("PENGATURAN", SETTINGS)
        for template in sorted(_RULES.iterdir())
    }
    return _write(folder, names, facts)


def new_plugin(folder: Path, year: int, kind: str) -> tuple[Path, ...]:
    """Write the files of a new plugin of a kind, and tell which; the year is that of year rules."""
    name, templates = folder.name, _PLUGIN / kind
    facts = {
        "@pembantu@": (_PLUGIN / "PEMBANTU.txt").read_text(encoding="utf-8"),
        "@nama@": name,
        "@kode@": name,
        "@perintah@": name.rstrip("_").replace("_", "-"),
        "@paket@": name.rstrip("_").replace("_", "-"),
        "@tahun@": str(year),
    }
    rules = f"pk_{year}_perubahan" if kind == "tahun" else name
    names = {
        _PLUGIN / "PROYEK.txt": "pyproject.toml",
        templates / "MODUL.txt": f"{name}/__init__.py",
        templates / "ATURAN.txt": f"{name}/aturan/{rules}.sakip",
        templates / "UJI.txt": f"tests/test_{name}.py",
    }
    return _write(folder, {template: path for template, path in names.items() if template.exists()}, facts)


def _write(folder: Path, names: Mapping[Path, str], facts: Mapping[str, str]) -> tuple[Path, ...]:
    """Write each template under its name, the facts filled in."""
    folder.mkdir(parents=True)
    written = []
    for template, name in names.items():
        text = template.read_text(encoding="utf-8")
        for mark, fact in facts.items():
            text = text.replace(mark, fact)
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
        written.append(path)
    return tuple(written)


def this_year() -> int:
    return datetime.date.today().year
