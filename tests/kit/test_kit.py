"""The kit finds what a careless exporter does."""

from __future__ import annotations

import itertools
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sakip_rules import Exporter, Publication
from sakip_rules.testing import Case, Files, cases, check, check_everywhere
from tests.running import write

CASES = {case.name: case for case in cases(20)}
COUNTER = itertools.count()


def lines(found: Publication) -> list[str]:
    """A line for each cell, which nothing can end."""
    rows = (row for table in found.tables for row in (*table.rows, *table.closing))
    return [repr(cell.text) for row in rows for cell in row.cells if cell.height]


def careful(found: Publication) -> Files:
    return {f"{found.name}.txt": "\n".join(lines(found)).encode()}


def read(files: Files) -> Iterator[object]:
    for content in files.values():
        yield from (eval(line) for line in content.decode().splitlines())


def only(case: str, message: str, write: Callable[[Publication], object]) -> tuple[str, str, Callable[..., object]]:
    return case, message, write


FAULTS = [
    only("kosong", "leads into another folder", lambda found: {f"../{found.name}.txt": b""}),
    only("kosong", "is not that of the report", lambda found: {"laporan-lain.txt": b""}),
    only("lengkap", "holds str, not bytes", lambda found: {f"{found.name}.txt": "teks"}),
    only("lengkap", "would be one", lambda found: {f"{found.name}.txt": b"", f"{found.name}.TXT": b""}),
    only("kosong", "is not that of the report", lambda found: {f"{found.name}evil.txt": b""}),
    only("kosong", "is not that of the report", lambda found: {"CON.txt": b""}),
    only("kosong", "no file ends in '.txt'", lambda found: {f"{found.name}.k": b""}),
    only("kosong", "no file ends in '.txt'", lambda found: {}),
    only("lengkap", "gives generator, not", lambda found: ((f"{found.name}.txt", b"") for _ in "a")),
    only("lengkap", "raises AttributeError", lambda found: found.explanations.clear() or careful(found)),
    only("lengkap", "the second time", lambda found: {f"{found.name}.txt": str(next(COUNTER)).encode()}),
    only("angka", "the number '92,50%' is not read back",
         lambda found: {f"{found.name}.txt": "\n".join(lines(found)).replace("92,50", "92,5").encode()}),
    only("sel_gabung", "is not read back", lambda found: {f"{found.name}.txt": "\n".join(lines(found)[:-1]).encode()}),
    only("sel_gabung", "or not in its place",
         lambda found: {f"{found.name}.txt": "\n".join(lines(found)[::-1]).encode()}),
    only("tanda", "the text '&amp;' is not read back",
         lambda found: {f"{found.name}.txt": "\n".join(lines(found)).replace("&amp;", "&").encode()}),
    only("tanpa_angka", "the text 'tidak_berlaku' is not read back",
         lambda found: {f"{found.name}.txt": "\n".join(lines(found)).replace("tidak_berlaku", "0").encode()}),
    only("banyak_baris", "is not read back",
         lambda found: {f"{found.name}.txt": "\n".join(lines(found)[:50]).encode()}),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES.values(), ids=str)
def test_a_careful_exporter_passes(case: Case) -> None:
    check(Exporter("txt", ".txt", report=careful), case, read)


@pytest.mark.parametrize(("case", "message", "report"), FAULTS, ids=[f"{row[0]}: {row[1]}" for row in FAULTS])
def test_a_fault_is_found(case: str, message: str, report: Callable[..., Files]) -> None:
    """With the report that shows it."""
    with pytest.raises(AssertionError, match=f"^{case}: .*{message}"):
        check(Exporter("txt", ".txt", report=report), CASES[case], read)


def test_a_format_of_figures_alone_writes_no_reports() -> None:
    with pytest.raises(AssertionError, match="'txt' writes no reports"):
        check(Exporter("txt", ".txt"), CASES["kosong"])


#: What an exporter writes beside the report, and whether that is the same everywhere.
WRITTEN = [
    ("b''", True),
    ("found.name.encode()", True),
    ("repr({'a', 'b', 'c', 'd', 'e'}).encode()", False),
    ("str(hash('a')).encode()", False),
    ("time.strftime('%Z').encode()", False),
    ("time.strftime('%Y', time.localtime()).encode()", False),
    ("time.strftime('%Y').encode()", False),
    ("time.ctime()[-4:].encode()", False),
    ("time.asctime()[-4:].encode()", False),
    ("str(time.time_ns() // 10**16).encode()", False),
    ("os.getcwd().encode()", False),
    ("socket.gethostname().encode()", False),
    ("platform.node().encode()", False),
    ("platform.uname().node.encode()", False),
    ("os.uname().nodename.encode()", False),
    ("getpass.getuser().encode()", False),
    ("(print('tulisan'), b'')[1]", True),
    ("str(datetime.date.today()).encode()", False),
    ("str(datetime.datetime.now(datetime.timezone.utc).date()).encode()", False),
]


@pytest.mark.parametrize(("content", "same"), WRITTEN, ids=[row[0] for row in WRITTEN])
def test_what_depends_on_machine_or_day_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str, same: bool
) -> None:
    """Hashes, zones, clock, folder and machine; what the exporter imports is found in the other process, too."""
    name = f"coba_{abs(hash(content))}_{time.monotonic_ns()}"
    source = (
        "import datetime\nimport getpass\nimport os\nimport platform\nimport socket\nimport time\n\n"
        "from sakip_rules import Exporter, hookimpl\n\n\n"
        "@hookimpl\ndef sakip_exporters():\n    return [Exporter('txt', '.txt', report=_report)]\n\n\n"
        f"def _report(found):\n    return {{f'{{found.name}}.txt': {content}}}\n"
    )
    write(tmp_path / "site", {f"{name}.py": source})
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    plugin = __import__(name)
    try:
        if same:
            check_everywhere(plugin, "txt")
        else:
            with pytest.raises(AssertionError, match="other bytes on another machine or day: angka, banyak_baris"):
                check_everywhere(plugin, "txt")
        with pytest.raises(AssertionError, match="brings no format 'html'"):
            check_everywhere(plugin, "html")
    finally:
        del sys.modules[name]
