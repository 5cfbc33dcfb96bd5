"""Holds a published bundle to its receipt, and to what its rule folder gives when it is calculated again."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from sakip_rules.base import codes
from sakip_rules.base.diagnostics import Code, Diagnostic
from sakip_rules.cli import publish, receipt
from sakip_rules.cli.receipt import RECEIPT, DamagedError
from sakip_rules.cli.validation import LEVELS
from sakip_rules.files import shown

_CHUNK = 1 << 20
#: The parts of a receipt that are no lists of files or programs.
_PARTS = ("penerbitan", "laporan", "pemeriksaan", "temuan", "pengecualian")
#: What became of a part, as a word of the catalogue.
GONE, ADDED, CHANGED = "hilang", "berlebih", "berubah"


def verify(bundle: Path, folder: Path, plugins_folder: Path | None) -> tuple[Diagnostic, ...]:
    """Everything in which a bundle differs from its receipt, or its receipt from what the folder gives now."""
    try:
        raw, document = receipt.read(bundle / RECEIPT, shown(bundle / RECEIPT))
    except DamagedError as error:
        return (error.finding,)
    return (*_outputs(bundle, document["keluaran"]), *_made_again(folder, plugins_folder, raw, document))


# The files of the bundle.


def _outputs(bundle: Path, recorded: Iterable[Mapping[str, Any]]) -> Iterator[Diagnostic]:
    try:
        there = {entry.name: entry for entry in os.scandir(bundle)}
    except OSError:
        there = {}
    for entry in recorded:
        name = entry["berkas"]
        found = there.pop(name, None)
        if found is None:
            yield _differs(codes.OUTPUT_DIFFERS, name, GONE)
        elif not _is_same(Path(found.path), entry):
            yield _differs(codes.OUTPUT_DIFFERS, name, CHANGED)
    yield from (_differs(codes.OUTPUT_DIFFERS, name, ADDED) for name in sorted(there) if name != RECEIPT)


def _is_same(path: Path, entry: Mapping[str, Any]) -> bool:
    """Whether a file has the size and the hash that were recorded; what is no plain file has not."""
    try:
        status = path.lstat()
        if not stat.S_ISREG(status.st_mode) or status.st_size != entry["ukuran"]:
            return False
        digest = hashlib.sha256()
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
    except OSError:
        return False
    return bool(digest.hexdigest() == entry["sha256"])


# Made again.


def _made_again(folder: Path, plugins_folder: Path | None, raw: bytes, document: receipt.Table) -> Iterator[Diagnostic]:
    inputs = publish.named_inputs(folder, plugins_folder)
    terms = receipt.terms(document)
    rests = receipt.foundation(inputs)
    named = [
        *_entries(codes.PROGRAM_DIFFERS, "nama", [document["mesin"]], [rests["mesin"]]),
        *_entries(codes.PROGRAM_DIFFERS, "nama", document["pengaya"], rests["pengaya"]),
        *_entries(codes.INPUT_DIFFERS, "berkas", document["masukan"], rests["masukan"]),
    ]
    yield from named
    missing = publish.unknown_form(inputs.plugins.exporters, terms.forms)
    if missing is not None or terms.level not in LEVELS:
        yield from inputs.plugins.faults
        yield Diagnostic(codes.NOT_MADE_AGAIN, None, {"name": missing or terms.level, "count": 0})
        return
    made = publish.make(folder, inputs, terms)
    if made.against:
        yield Diagnostic(codes.NOT_MADE_AGAIN, None, {"name": made.against[0].code.name, "count": len(made.against)})
        return
    results = list(_entries(codes.RESULT_DIFFERS, "berkas", document["keluaran"], made.document["keluaran"]))
    parts = [name for name in _PARTS if document[name] != made.document[name]]
    results += [_differs(codes.RESULT_DIFFERS, name, CHANGED) for name in parts]
    if not named and not results and raw != made.files[RECEIPT]:
        results.append(_differs(codes.RESULT_DIFFERS, RECEIPT, CHANGED))
    yield from results


def _entries(
    code: Code, key: str, recorded: Iterable[Mapping[str, Any]], found: Iterable[Mapping[str, Any]]
) -> Iterator[Diagnostic]:
    """What is gone, added or changed between two lists of entries, by the name of each."""
    before, after = ({entry[key]: dict(entry) for entry in entries} for entries in (recorded, found))
    for name in sorted(before.keys() | after.keys()):
        if before.get(name) != after.get(name):
            yield _differs(code, name, GONE if name not in after else ADDED if name not in before else CHANGED)


def _differs(code: Code, name: str, what: str) -> Diagnostic:
    return Diagnostic(code, None, {"file": name, "what": what})
