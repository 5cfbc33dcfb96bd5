"""What ``new`` makes: a rule folder that validates and evaluates at once, and a plugin whose test passes."""

from __future__ import annotations

import datetime
import keyword
import re
import sys
from collections.abc import Collection, Mapping
from pathlib import Path

from sakip_rules.files import LANGUAGE, SETTINGS
from sakip_rules.guards import COMMAND, EXPORTER, FUNCTION, KIND, LIBRARY
from sakip_rules.model.functions import RESERVED
from sakip_rules.plugins import of_package

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_RULES = Path(__file__).with_name("kerangka")
_PLUGIN = Path(__file__).with_name("kerangka_plugin")


def is_folder_name(name: str) -> bool:
    """Whether a folder may be called so: it becomes a part of names in the rules."""
    return _NAME.fullmatch(name) is not None


def owner_of(name: str, kind: str) -> str | None:
    """What has the name of a plugin already, as a word of the catalogue: Python, the package, or the language.

    A plugin becomes a Python package, and what one of its kind brings has its name, too.
    """
    if keyword.iskeyword(name):
        return "kata_python"
    if name in sys.stdlib_module_names or name in ("tests", "sakip_rules", "sakip_plugins"):
        return "modul_python"
    if kind == "fungsi" and name in RESERVED:
        return "kata_rumus"
    own = of_package()
    if name in (each.name for each in own.installed):
        return "pengaya_bawaan"
    brought: Mapping[str, tuple[str, Collection[str]]] = {
        "pustaka": (LIBRARY, own.libraries),
        "fungsi": (FUNCTION, own.functions),
        "kosakata": (KIND, own.vocabulary.kinds),
        "bentuk": (EXPORTER, own.exporters),
        "perintah": (COMMAND, own.commands),
    }
    what, names = brought.get(kind, ("", ()))
    return what if _hyphened(name) in (_hyphened(each) for each in names) else None


def _hyphened(name: str) -> str:
    """The name of the distribution, or of the command, that a name becomes."""
    return name.rstrip("_").replace("_", "-")


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
        "@perintah@": _hyphened(name),
        "@paket@": _hyphened(name),
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
