"""The receipt of a publication: all that it rests on, by hash, and the findings and waivers that it went out with.

It is sealed by its own hash, holds neither absolute paths nor the time, and reads the same wherever and whenever the
same publication is made again.
"""

from __future__ import annotations

import datetime
import hashlib
import re
import stat
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from attrs import frozen

from sakip_rules import __version__
from sakip_rules.base import codes
from sakip_rules.base.diagnostics import Diagnostic, Findings
from sakip_rules.base.source import Source, Span
from sakip_rules.files import SETTINGS, Loaded
from sakip_rules.guards import is_plain_name
from sakip_rules.inputs import Inputs
from sakip_rules.messages import render
from sakip_rules.messages.catalog import LANGUAGES, Catalog

#: The name of the file, which no report can have.
RECEIPT = "tanda-terima.toml"
#: The version of what a receipt holds.
FORM = 1
MAX_BYTES = 16 * 1024 * 1024
_SEAL = re.compile(rb'(.*\n)\n\[segel\]\nsha256 = "([0-9a-f]{64})"\n', re.DOTALL)
_SHA256 = re.compile(r"[0-9a-f]{64}")
#: The sources of the package that decide what it gives.
_ENGINE = (".py", ".lark", ".toml")

Table = Mapping[str, Any]


@frozen
class Terms:
    """What was asked to be published: these alone, with a rule folder, make the publication again."""

    report: str
    as_of: datetime.date | None
    today: datetime.date | None
    language: str
    forms: tuple[str, ...]
    level: str

    @property
    def table(self) -> dict[str, Any]:
        found = {
            "laporan": self.report, "dokumen_sampai": self.as_of, "hari_pengecualian": self.today,
            "bahasa": self.language, "bentuk_berkas": list(self.forms), "gagal_bila": self.level,
        }  # fmt: skip
        return {key: value for key, value in found.items() if value is not None}


# What a publication rests on.


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def foundation(inputs: Inputs) -> dict[str, Any]:
    """The engine, the plugins, and every file that was read."""
    package = Path(__file__).parents[1]
    sources = (path for path in package.rglob("*") if path.suffix in _ENGINE)
    plugins = [
        {"nama": name, "versi": version, "sha256": sources_digest(root, files)}
        for name, version, root, files in sorted(inputs.plugins.sources)
    ]
    return {
        "mesin": {"nama": "sakip-rules", "versi": __version__, "sha256": sources_digest(package, sources)},
        "pengaya": plugins,
        "masukan": sorted(_inputs(inputs), key=lambda each: each["berkas"]),
    }


def sources_digest(root: Path, sources: Iterable[Path]) -> str:
    """One hash of source files by their place below a folder, whatever ends their lines."""
    digest = hashlib.sha256()
    for name, path in sorted((path.relative_to(root).as_posix(), path) for path in sources):
        content = path.read_bytes().replace(b"\r\n", b"\n")
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def _inputs(inputs: Inputs) -> Iterator[dict[str, Any]]:
    for number, folder in enumerate(inputs.folders):
        for file in folder.loaded:
            settings, text = Path(file.shown).name == SETTINGS, file in folder.texts
            yield _input("pengaturan" if settings else "uraian" if text else "pustaka" if number else "aturan", file)
    for year in inputs.years:
        yield from (_input("aturan_tahun", file) for file in year.files)
    yield from (_input("data", file) for file in inputs.data)


def _input(kind: str, file: Loaded) -> dict[str, Any]:
    return {"berkas": file.shown, "jenis": kind, "ukuran": len(file.raw), "sha256": sha256(file.raw)}


# Writing.


def outputs(files: Mapping[str, bytes]) -> list[dict[str, Any]]:
    return [{"berkas": name, "ukuran": len(files[name]), "sha256": sha256(files[name])} for name in sorted(files)]


def told(findings: Findings, sources: Mapping[str, Source], words: Catalog) -> dict[str, Any]:
    """The findings and waivers, as the reader of a receipt needs them."""
    waived = [
        {
            **_finding(item.finding, sources, words), "pada": item.subject, "alasan": item.reason, "oleh": item.owner,
            "sampai": item.until, "dasar": list(item.basis),
        }
        for item in findings.waived
    ]  # fmt: skip
    return {"temuan": [_finding(item, sources, words) for item in findings.shown], "pengecualian": waived}


def _finding(item: Diagnostic, sources: Mapping[str, Source], words: Catalog) -> dict[str, Any]:
    place = render.region(item.span, sources) or {}
    found = {"kode": item.code.name, "tingkat": item.code.severity.value, "pesan": words.headline(item)}
    named = (("berkas", "file"), ("baris", "line"), ("kolom", "column"))
    return {**found, **{name: place[key] for name, key in named if key in place}}


def sealed(document: Table) -> bytes:
    """The receipt as it is written, with its seal."""
    import tomli_w

    body = tomli_w.dumps(document).encode()
    return body + f'\n[segel]\nsha256 = "{sha256(body)}"\n'.encode()


# Reading.


class DamagedError(Exception):
    """A receipt cannot be trusted; the finding tells why."""

    def __init__(self, path: str, cause: str) -> None:
        super().__init__(cause)
        self.finding = Diagnostic(codes.RECEIPT_DAMAGED, Span(path, 0, 0), {"file": path, "cause": cause})


def read(path: Path, shown: str) -> tuple[bytes, Table]:
    """A receipt and what it says, all of whose parts have the form that they should; ``DamagedError`` else."""
    try:
        status = path.lstat()
        if not stat.S_ISREG(status.st_mode):
            raise DamagedError(shown, "bukan_berkas")
        if status.st_size > MAX_BYTES:
            raise DamagedError(shown, "terlalu_besar")
        raw = path.read_bytes()
    except OSError:
        raise DamagedError(shown, "tidak_terbaca") from None
    seal = _SEAL.fullmatch(raw)
    if seal is None or sha256(seal[1]) != seal[2].decode():
        raise DamagedError(shown, "segel")
    try:
        document = tomllib.loads(seal[1].decode())
    except (ValueError, RecursionError):
        raise DamagedError(shown, "susunan") from None
    if fault := _fault(document):
        raise DamagedError(shown, f"bagian_{fault}")  # which else could be the name of a unit, such as `laporan`
    return raw, document


def terms(document: Table) -> Terms:
    """What a receipt that was read says was asked for."""
    said = document["penerbitan"]
    return Terms(
        said["laporan"], said.get("dokumen_sampai"), said.get("hari_pengecualian"), said["bahasa"],
        tuple(said["bentuk_berkas"]), said["gagal_bila"],
    )  # fmt: skip


def _is_date(value: object) -> bool:
    return isinstance(value, datetime.date) and not isinstance(value, datetime.datetime)


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_size(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _is_digest(value: object) -> bool:
    return isinstance(value, str) and _SHA256.fullmatch(value) is not None


def _is_output(value: object) -> bool:
    """Whether a file can lie in the bundle itself, beside its receipt."""
    return isinstance(value, str) and is_plain_name(value) and value.casefold() != RECEIPT


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(_is_text(item) for item in value)


Fits = Callable[[object], bool]
_TERMS: Mapping[str, Fits] = {
    "laporan": _is_text,
    "bahasa": lambda value: value in LANGUAGES,
    "bentuk_berkas": _are_texts,
    "gagal_bila": _is_text,
}
_DATES: Mapping[str, Fits] = {"dokumen_sampai": _is_date, "hari_pengecualian": _is_date}
_PROGRAM: Mapping[str, Fits] = {"nama": _is_text, "versi": _is_text, "sha256": _is_digest}
_INPUT: Mapping[str, Fits] = {"berkas": _is_text, "jenis": _is_text, "ukuran": _is_size, "sha256": _is_digest}
_OUTPUT: Mapping[str, Fits] = {"berkas": _is_output, "ukuran": _is_size, "sha256": _is_digest}
#: The lists of a receipt: what each entry holds, and which of it no other entry may have.
_LISTS = {"pengaya": (_PROGRAM, "nama"), "masukan": (_INPUT, "berkas"), "keluaran": (_OUTPUT, "berkas")}


def _fault(document: Table) -> str | None:
    """The first part of a receipt that does not have its form."""
    if document.get("bentuk") != FORM or isinstance(document["bentuk"], bool):
        return "bentuk"
    if not _is_table(document.get("penerbitan"), _TERMS, _DATES):
        return "penerbitan"
    if not _is_table(document.get("mesin"), _PROGRAM):
        return "mesin"
    for name, (keys, unique) in _LISTS.items():
        entries = document.get(name)
        if not isinstance(entries, list) or not all(_is_table(entry, keys) for entry in entries):
            return name
        if len({entry[unique].casefold() for entry in entries}) < len(entries):
            return name
    others = {"laporan": dict, "pemeriksaan": dict, "temuan": list, "pengecualian": list}
    return next((name for name, kind in others.items() if not isinstance(document.get(name), kind)), None)


def _is_table(value: object, keys: Mapping[str, Fits], optional: Mapping[str, Fits] | None = None) -> bool:
    if not isinstance(value, dict) or not keys.keys() <= value.keys():
        return False
    known = {**keys, **(optional or {})}
    return all(key in known and known[key](entry) for key, entry in value.items())
