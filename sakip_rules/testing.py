"""The conformance of exporters: reports that go wrong where a writer is careless, and checks of what it makes of them.

A test of a plugin checks each of ``cases()`` by ``check``, with a function that reads its files back, and that they are
the same on every machine and day by ``check_everywhere``.  A check that fails raises ``AssertionError``.
"""

from __future__ import annotations

import datetime
import hashlib
import importlib
import json
import os
import platform
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import redirect_stdout
from decimal import Decimal
from fractions import Fraction
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Any

from attrs import evolve, frozen

from sakip_rules.guards import are_one_somewhere, is_name_of, is_plain_name
from sakip_rules.model.exporters import Exporter
from sakip_rules.model.publication import (
    Cell,
    Explanation,
    ExplanationStep,
    Heading,
    Part,
    Passage,
    Publication,
    PublishedChart,
    PublishedColumn,
    PublishedComponent,
    PublishedFinding,
    PublishedIndicator,
    PublishedRow,
    PublishedTable,
    Series,
)
from sakip_rules.model.values import Status, Value

#: The contents of files by their names, as ``Exporter.report`` gives them.
Files = Mapping[str, bytes]
#: Gives what stands in the cells of written tables, in their order: numbers, or texts; more than that does no harm.
Read = Callable[[Files], Iterable[object]]

#: Texts that are no markup, formula, number or path in any format.
HOSTILE = (
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "<b>x</b>", "&amp;", "\"'", "a;b,c|d", "\\", "`*_#~", "{{7*7}}", "${x}",
    "%s", "#set text(red)", "$x$", "[a](b)", "]]>", "\x00", "\x0098765", "a\x07b", "baris\nkedua", "../a", "C:\\a",
)  # fmt: skip
_CONTROL = re.compile("[\x00-\x1f\x7f]")
#: How many rows a long table has.
MANY = 10_000
_ELSEWHERE = (
    {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8"},
    {"PYTHONHASHSEED": "2", "TZ": "America/Anchorage", "LC_ALL": "C"},
)
#: What the other machine, and who works on it, are called.
_ANOTHER = "sakip-uji-lain"
_NAMED_BY = ("HOSTNAME", "COMPUTERNAME", "USER", "USERNAME", "LOGNAME", "LNAME")


@frozen
class Case:
    """A report to be written, and what it tries."""

    name: str
    publication: Publication

    def __str__(self) -> str:
        return self.name


# The reports.


def cases(rows: int = MANY) -> tuple[Case, ...]:
    """All reports of the set; ``rows`` are those of the long table."""
    return (
        Case("kosong", Publication("kosong", "Kosong", 2024, ())),
        Case("tabel_kosong", _report(_table("a", 0), evolve(_table("b", 0), when_empty="NIHIL"))),
        Case("lengkap", _whole()),
        Case("tanda", _hostile()),
        Case("kanan_ke_kiri", _report(_texts(["مؤشر الأداء ١", "עברית abc 12", "\u202eabc"]))),
        Case("panjang", _long()),
        Case("sel_gabung", _report(_merged())),
        Case("tanpa_angka", _report(_absent())),
        Case("angka", _report(_numbers())),
        Case("banyak_baris", _report(_table("a", rows))),
    )


def number(text: str, value: Fraction | int | str, decimals: int = 0, suffix: str = "", **others: Any) -> Cell:
    """A cell that shows a number."""
    exact = Fraction(value)
    return Cell(text, exact, decimals, suffix, Value(exact), **others)


def _report(*parts: Part) -> Publication:
    return Publication("laporan", "Laporan", 2024, parts)


def _columns(*names: str) -> tuple[PublishedColumn, ...]:
    return tuple(PublishedColumn(name, name.title()) for name in names)


def _table(name: str, rows: int) -> PublishedTable:
    """A table of so many indicators, each with a target and a realization."""
    columns = (PublishedColumn("indikator", "Indikator"), PublishedColumn("target", "Target", "2024", 2024),
               PublishedColumn("realisasi", "Realisasi", "2024", 2024))  # fmt: skip
    made = (PublishedRow(_figures(at), f"indikator_{at}") for at in range(rows))
    return PublishedTable(name, "1.1", "Tabel", columns, tuple(made))


def _figures(at: int) -> tuple[Cell, ...]:
    return Cell(f"Indikator {at}"), number(str(at), at), number(f"{at},5%", Fraction(2 * at + 1, 2), 1, "%")


def _texts(texts: Iterable[str]) -> PublishedTable:
    rows = (PublishedRow((Cell(text), number(str(at), at)), f"baris_{at}") for at, text in enumerate(texts))
    return PublishedTable("teks", None, "Teks", _columns("nama", "nilai"), tuple(rows))


def _whole() -> Publication:
    """A report with every kind of part, with explanations and findings."""
    table = _table("capaian", 3)
    explained = evolve(table.rows[0].cells[1], explanation="indikator.a")
    first = evolve(table.rows[0], cells=(table.rows[0].cells[0], explained, table.rows[0].cells[2]))
    closing = PublishedRow((Cell("Jumlah"), number("3", 3), Cell()))
    points = (number("1", 1, explanation="indikator.a"), Cell("tidak ada"), number("-2,5", "-2.5", 1))
    series = (Series("A", points), Series("B", tuple(reversed(points))))
    chart = PublishedChart("gambar", "1.1", "Gambar", "batang", ("2022", "2023", "2024"), series, "Sumber")
    steps = (ExplanationStep("80", "Target", "pk.sakip:1:1"), ExplanationStep("a", "80", listed=True))
    return Publication(
        "lengkap", "Lengkap", 2024,
        (
            Heading("BAB I"), Passage("Satu.\n\nDua.", "narasi", "a"), Heading("A", 2), Passage("3", bound=True),
            evolve(table, rows=(first, *table.rows[1:]), closing=(closing,), source="Sumber"),
            chart, evolve(chart, name="garis", form="garis", number=None, source=None),
        ),
        "Dinas", datetime.date(2024, 12, 31),
        (
            PublishedFinding("K101", "galat", "a.sakip:1:1", "Pesan", "Saran"),
            PublishedFinding("D101", "catatan", "", "Pesan", waiver="Alasan"),
        ),
        {"indikator.a": Explanation("Indikator A", ("  Target      80",), steps)},
        (
            PublishedIndicator("a", "A", "Arti", "naik", "Persen", "persen", "B / C", (
                PublishedComponent("variabel", "b", "B"), PublishedComponent("indikator", "c", "C"),
            ), "Sumber"),
            PublishedIndicator("d", "D"),
        ),
    )  # fmt: skip


def _hostile() -> Publication:
    """Each hostile text wherever a text may stand."""
    parts: list[Part] = [_texts(HOSTILE)]
    for at, text in enumerate(HOSTILE):
        columns = (PublishedColumn("nama", text, text), PublishedColumn("nilai", text, text))
        row = PublishedRow((Cell(text), number("1", 1)), "baris")
        chart = PublishedChart(f"g{at}", text, text, "garis", (text,), (Series(text, (number("1", 1),)),), text)
        parts += [Heading(text), Passage(text), PublishedTable(f"t{at}", text, text, columns, (row,), (), text, text)]
        parts.append(chart)
    text = "".join(HOSTILE)
    finding = PublishedFinding("K101", "galat", text, text, text, text)
    explanation = Explanation(text, (text,), (ExplanationStep(text, text, text),))
    component = PublishedComponent("variabel", "b", text, text)
    indicator = PublishedIndicator("a", text, text, "naik", text, "cacah", text, (component,), text)
    return Publication("tanda", text, 2024, tuple(parts), text, None, (finding,), {"a": explanation}, (indicator,))


def _long() -> Publication:
    text, word = ("kata " * 2_000).strip(), "k" * 5_000
    table = evolve(_texts([text, word]), name="t" * 100, title=text, number="9" * 50)
    return evolve(_report(Heading(word), Passage(text), table), name="l" * 60, title=text)


def _merged() -> PublishedTable:
    """Cells that cover all rows, some of them, and none; two that cover rows stand next to each other."""
    heights = ((6, 3, 1), (0, 0, 1), (0, 0, 2), (0, 1, 0), (0, 2, 1), (0, 0, 1))
    rows = (
        PublishedRow(tuple(number(str(10 * at + side), 10 * at + side, height=height)
                           for side, height in enumerate(row)), f"baris_{at}")
        for at, row in enumerate(heights, 1)
    )  # fmt: skip
    return PublishedTable("gabung", "1", "Gabung", _columns("a", "b", "c"), tuple(rows))


def _absent() -> PublishedTable:
    """Zero, nothing, and each reason why there is no number; and a number that may still change."""
    absent = (status for status in Status if status not in (Status.FINAL, Status.PROVISIONAL))
    cells = [
        number("0", 0),
        Cell(),
        Cell("-"),
        *(Cell(status.value, value=Value(None, status=status)) for status in absent),
    ]
    cells.append(Cell("1,5 (sementara)", Fraction(3, 2), 1, "", Value(Fraction(3, 2), status=Status.PROVISIONAL)))
    rows = (PublishedRow((Cell(f"baris {at}"), cell), f"baris_{at}") for at, cell in enumerate(cells))
    return PublishedTable("status", None, "Status", _columns("nama", "nilai"), tuple(rows))


def _numbers() -> PublishedTable:
    """Numbers that are easily changed: large, small, negative, with zeros at their end, rounded before they came."""
    third = Cell("0,33", Fraction(33, 100), 2, "", Value(Fraction(1, 3)))
    cells = (
        number("92,50%", "92.5", 2, "%"), number("1.234,50", "1234.5", 2), number("-0,05", "-0.05", 2),
        number("0,00", 0, 2),
        number("24.175.862.284", 24_175_862_284), number("Rp 5.918.000.000", 5_918_000_000),
        number("123.456.789.012.345.678", 123_456_789_012_345_678), number("0,000001", "0.000001", 6), third,
    )  # fmt: skip
    rows = (PublishedRow((Cell(f"baris {at}"), cell), f"baris_{at}") for at, cell in enumerate(cells))
    return PublishedTable("angka", None, "Angka", _columns("nama", "nilai"), tuple(rows))


# The checks.


def check(exporter: Exporter, case: Case, read: Read | None = None) -> None:
    """Write a report: files with plain names, the same bytes again, and every cell as it was, where they are read."""
    files = _written(exporter, case)
    for name, content in files.items():
        if not isinstance(content, bytes):
            raise AssertionError(f"{case}: {name!r} holds {type(content).__name__}, not bytes")
        if not is_plain_name(name) or not is_name_of(name, case.publication.name):
            raise AssertionError(f"{case}: the name {name!r} is not that of the report, or leads into another folder")
    if not any(name.endswith(exporter.suffix) for name in files):
        raise AssertionError(f"{case}: no file ends in {exporter.suffix!r}: {sorted(files)}")
    if are_one_somewhere(files):
        raise AssertionError(f"{case}: two files would be one on some systems: {sorted(files)}")
    if _written(exporter, case) != files:
        raise AssertionError(f"{case}: the same report gives other bytes the second time")
    if read is not None:
        _check_cells(case, list(read(files)))


def check_everywhere(plugin: ModuleType, name: str) -> None:
    """A format of a plugin gives the same bytes elsewhere.

    It is run in other processes: with other hashes, zones and languages, on another day, in another folder, and on a
    machine, and for a person, of another name.
    """
    exporter = exporter_of(plugin, name)
    here = {case.name: _digests(_written(exporter, case)) for case in cases(50)}
    code = os.pathsep.join(os.path.abspath(each) for each in sys.path)
    for settings in _ELSEWHERE:
        environment = {**os.environ, **dict.fromkeys(_NAMED_BY, _ANOTHER), **settings, "PYTHONPATH": code}
        command = [sys.executable, "-m", "sakip_rules.testing", plugin.__name__, name]
        with TemporaryDirectory() as folder:
            run = subprocess.run(
                command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False
            )
        if run.returncode:
            raise AssertionError(f"the format {name!r} fails in another process: {run.stderr}")
        there = json.loads(run.stdout)
        differing = sorted(case for case, files in here.items() if there[case] != files)
        if differing:
            raise AssertionError(f"other bytes on another machine or day: {', '.join(differing)}")


def exporter_of(plugin: ModuleType, name: str) -> Exporter:
    """The format of that name that a plugin brings."""
    found: dict[str, Exporter] = {exporter.name: exporter for exporter in plugin.sakip_exporters()}
    if name not in found:
        raise AssertionError(f"the plugin {plugin.__name__!r} brings no format {name!r}: {sorted(found)}")
    return found[name]


def _written(exporter: Exporter, case: Case) -> Files:
    if exporter.report is None:
        raise AssertionError(f"the format {exporter.name!r} writes no reports")
    try:
        files = exporter.report(case.publication)
    except Exception as error:
        raise AssertionError(f"{case}: the exporter raises {error!r}") from error
    if not isinstance(files, Mapping):
        raise AssertionError(f"{case}: it gives {type(files).__name__}, not the contents of files by their names")
    return dict(files)


def _digests(files: Files) -> dict[str, str]:
    return {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}


def _check_cells(case: Case, found: list[object]) -> None:
    """Every number stands among what was read, in its order, and every text somewhere, whole but for control signs."""
    at = 0
    for cell in _shown(case.publication):
        if cell.number is None:
            continue
        while at < len(found) and not _is(found[at], cell):
            at += 1
        if at == len(found):
            raise AssertionError(f"{case}: the number {cell.text!r} is not read back, or not in its place")
        at += 1
    texts = "\n".join(each for each in found if isinstance(each, str))
    for cell in _shown(case.publication):
        for part in _CONTROL.split(cell.text) if cell.number is None else ():
            if part not in texts:
                raise AssertionError(f"{case}: the text {part[:60]!r} is not read back")


def _shown(publication: Publication) -> Iterator[Cell]:
    for table in publication.tables:
        for row in (*table.rows, *table.closing):
            yield from (cell for cell in row.cells if cell.height)


def _is(found: object, cell: Cell) -> bool:
    if isinstance(found, Fraction | Decimal | int) and not isinstance(found, bool):
        return Fraction(found) == cell.number
    return found == cell.text


# In another process, on another day and machine.


def _later() -> None:
    """Let this process live four hundred days later; only for a process that checks and ends."""
    ahead = 400 * 86_400
    now, nanoseconds, local, utc = time.time, time.time_ns, time.localtime, time.gmtime
    told, formatted, written = time.ctime, time.strftime, time.asctime

    def moved(read: Callable[[Any], Any]) -> Callable[..., Any]:
        return lambda seconds=None: read(now() + ahead if seconds is None else seconds)

    class Moved(type):
        def __instancecheck__(cls, instance: object) -> bool:
            return isinstance(instance, cls.__mro__[1])

    class Day(datetime.date, metaclass=Moved):
        @classmethod
        def today(cls) -> Any:
            return datetime_.now().date()

    class Moment(datetime.datetime, metaclass=Moved):
        @classmethod
        def now(cls, tz: datetime.tzinfo | None = None) -> Any:
            return datetime_.now(tz) + datetime.timedelta(seconds=ahead)

        @classmethod
        def utcnow(cls) -> Any:
            return cls.now(datetime.UTC).replace(tzinfo=None)

        @classmethod
        def today(cls) -> Any:
            return cls.now()

    datetime_ = datetime.datetime
    clock: Any = time
    clock.time, clock.localtime, clock.gmtime = lambda: now() + ahead, moved(local), moved(utc)
    clock.time_ns, clock.ctime = lambda: nanoseconds() + ahead * 10**9, moved(told)
    clock.strftime = lambda form, at=None: formatted(form, clock.localtime() if at is None else at)
    clock.asctime = lambda at=None: written(clock.localtime() if at is None else at)
    calendar: Any = datetime
    calendar.date, calendar.datetime = Day, Moment


def _renamed() -> None:
    """Let the machine of this process have another name; only for a process that checks and ends."""
    network: Any = socket
    network.gethostname = network.getfqdn = lambda *name: _ANOTHER
    machine: Any = platform
    machine.node = lambda: _ANOTHER
    if hasattr(os, "uname"):
        system: Any = os
        here = os.uname()
        named = type(here)((here.sysname, _ANOTHER, here.release, here.version, here.machine))
        system.uname = lambda: named


def _main(module: str, name: str) -> None:
    """Write all reports with a format, and the digest of each file to standard output, and nothing else there."""
    every = cases(50)
    _later()
    _renamed()
    with redirect_stdout(sys.stderr):
        exporter = exporter_of(importlib.import_module(module), name)
        found = {case.name: _digests(_written(exporter, case)) for case in every}
    print(json.dumps(found))  # noqa: T201


if __name__ == "__main__":
    _main(*sys.argv[1:3])
