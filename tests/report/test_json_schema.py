"""The published schema of JSON reports: what is written keeps to it, and it forbids what is never written."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from sakip_plugins.format_json import writer

from sakip_rules import Project, Report, Status
from sakip_rules.cache import Cache
from sakip_rules.testing import Case, cases
from tests.running import MAGETAN

SCHEMA = json.loads(Path(writer.__file__).with_name("laporan.schema.json").read_text(encoding="utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)


def written(case: Case) -> Any:
    (content,) = writer.report(case.publication).values()
    return json.loads(content, parse_float=Decimal)


def complaints(document: Any) -> list[str]:
    return [f"{'/'.join(map(str, each.absolute_path))}: {each.message}" for each in VALIDATOR.iter_errors(document)]


def test_the_schema_is_one() -> None:
    """Of the version that the writer names, with a description of every name that is not plain."""
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$id"] == SCHEMA["properties"]["skema"]["const"] == writer.SCHEMA
    assert set(SCHEMA["$defs"]["sel"]["properties"]["status"]["enum"]) == {status.value for status in Status}
    used = set(re.findall(r'"#/\$defs/(\w+)"', json.dumps(SCHEMA)))
    assert used == set(SCHEMA["$defs"])


@pytest.mark.parametrize("case", cases(50), ids=str)
def test_every_report_keeps_to_it(case: Case) -> None:
    assert complaints(written(case)) == []


def test_the_report_of_magetan_keeps_to_it() -> None:
    """With all kinds of parts in it."""
    project = Project(Path(MAGETAN), Cache(None))
    publication, _ = project.report(project.program.own(Report)[0])
    assert publication
    document = written(Case("magetan", publication))
    assert complaints(document) == []
    assert {part["jenis"] for part in document["bagian"]} == {"judul", "narasi", "uraian", "tabel", "grafik"}
    assert (document["instansi"], document["per"]) == ("Dinas Sosial Kabupaten Magetan", "2024-12-31")


CELL = ("tabel", 0, "baris", 0, "sel", 1)
#: Where something else is put into the whole report, what, and where that is complained of.
WRONG = [
    (("skema",), "urn:sakip-rules:laporan:2.0", "skema"),
    (("tahun",), "2024", "tahun"),
    (("per",), "31 Desember 2024", "per"),
    (("bagian", 0, "tingkat"), 0, "bagian/0"),
    (("bagian", 0, "jenis"), "bab", "bagian/0"),
    ((*CELL, "nilai"), "92,5", "tabel/0/baris/0/sel/1/nilai"),
    ((*CELL, "tepat"), "0.5", "tabel/0/baris/0/sel/1/tepat"),
    ((*CELL, "status"), "nol", "tabel/0/baris/0/sel/1/status"),
    ((*CELL, "nomor"), 1, "tabel/0/baris/0/sel/1"),
]


@pytest.mark.parametrize(("where", "value", "place"), WRONG, ids=["/".join(map(str, row[0])) for row in WRONG])
def test_what_is_never_written_is_refused(where: tuple[str | int, ...], value: object, place: str) -> None:
    """Each by itself."""
    document = written(next(case for case in cases(3) if case.name == "lengkap"))
    holder = document
    for step in where[:-1]:
        holder = holder[step]
    holder[where[-1]] = value
    assert [each.split(": ")[0] for each in complaints(document)] == [place]
