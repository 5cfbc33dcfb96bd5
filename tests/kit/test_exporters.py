"""Every format of the package passes the kit that authors of others are given."""

from __future__ import annotations

import csv
import importlib
import io
import json
import re
import tomllib
from collections.abc import Iterator
from decimal import Decimal
from importlib.metadata import entry_points
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from sakip_rules import Exporter, Project, Report
from sakip_rules.cache import Cache
from sakip_rules.messages.catalog import catalog
from sakip_rules.testing import Case, Files, Read, cases, check, check_everywhere
from tests.html.test_page import Tables
from tests.running import MAGETAN


def _magetan() -> Case:
    """The whole report of Magetan, with the words that the commands use."""
    project = Project(Path(MAGETAN), Cache(None))
    publication, _ = project.report(project.program.own(Report)[0], catalog("id").word)
    assert publication
    return Case("magetan", publication)


CASES = (*cases(), _magetan())


def _formats() -> Iterator[tuple[ModuleType, Exporter]]:
    """The formats that the package brings."""
    for entry in sorted(entry_points(group="sakip_rules"), key=lambda entry: entry.name):
        if entry.value.startswith("sakip_plugins.format_"):
            module = importlib.import_module(entry.value)
            yield from ((module, exporter) for exporter in module.sakip_exporters() if exporter.report)


FORMATS = {exporter.name: (module, exporter) for module, exporter in _formats()}


def _from_csv(files: Files) -> Iterator[object]:
    for content in files.values():
        for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"):
            for field in row:
                yield field
                if re.fullmatch(r"-?\d+(,\d+)?", field):
                    yield Decimal(field.replace(",", "."))


def _cells(document: Any) -> Iterator[object]:
    """Whatever is a cell in a document of nested tables, wherever it stands."""
    if isinstance(document, list):
        for each in document:
            yield from _cells(each)
    elif isinstance(document, dict):
        if "teks" in document and "baris" in document and document["baris"]:
            yield document["teks"]
            yield document.get("nilai", "")
        for each in document.values():
            yield from _cells(each)


def _from_json(files: Files) -> Iterator[object]:
    for content in files.values():
        yield from _cells(json.loads(content, parse_float=Decimal))


def _from_toml(files: Files) -> Iterator[object]:
    for content in files.values():
        yield from _cells(tomllib.loads(content.decode(), parse_float=Decimal))


def _from_markdown(files: Files) -> Iterator[object]:
    for content in files.values():
        for line in content.decode().split("\n"):
            for cell in re.split(r"(?<!\\)\|", line.strip("| ")):
                yield re.sub(r"\\(.)", r"\1", cell.strip(" ").replace("<br>", "\n"))


def _from_html(files: Files) -> Iterator[object]:
    for content in files.values():
        for table in Tables(content.decode()).tables:
            for row in table:
                yield from row


def _from_workbook(files: Files) -> Iterator[object]:
    from openpyxl import load_workbook

    for content in files.values():
        for sheet in load_workbook(io.BytesIO(content), data_only=True):
            for row in sheet.iter_rows():
                for cell in row:
                    if cell.comment:  # the exact number, where it has more digits than a spreadsheet's
                        yield cell.comment.text.removeprefix("Angka persisnya: ")
                    if isinstance(cell.value, int | float):
                        yield Decimal(repr(cell.value))
                    elif cell.value is not None:
                        yield cell.value


def _from_word(files: Files) -> Iterator[object]:
    from docx import Document

    for content in files.values():
        for table in Document(io.BytesIO(content)).tables:
            for cell in table._cells:
                yield cell.text


READERS: dict[str, Read] = {
    "csv": _from_csv, "docx": _from_word, "html": _from_html, "json": _from_json, "md": _from_markdown,
    "toml": _from_toml, "xlsx": _from_workbook,
}  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=str)
@pytest.mark.parametrize("name", FORMATS)
def test_a_format_writes_every_report_as_it_is(name: str, case: Case) -> None:
    """Whatever stands in it; what is read back has all its figures."""
    check(FORMATS[name][1], case, READERS.get(name))


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_gives_the_same_bytes_everywhere(name: str) -> None:
    """On another machine and another day."""
    check_everywhere(FORMATS[name][0], name)
