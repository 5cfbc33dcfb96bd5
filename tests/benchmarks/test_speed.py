"""Speed as ratios within one run: ``pytest tests/benchmarks --benchmark-enable -s`` prints them.

Each pair is timed in turn, A B A B …, and the median of the ratios is what counts, since machines drift.  Nothing here
asserts a time; what is asserted is that both sides did the same work.
"""

from __future__ import annotations

import os
import random
import statistics
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable, Mapping
from fractions import Fraction
from pathlib import Path

import pytest
import yaml
from pytest_benchmark.fixture import BenchmarkFixture

from sakip_rules import Exporter, Project, Publication
from sakip_rules.cache import Cache
from sakip_rules.cli.annotation import Annotator
from sakip_rules.cli.trees import written
from sakip_rules.difference import Difference, Side, difference
from sakip_rules.engine.achievement import Assessor, Case
from sakip_rules.engine.columnar import assess_columns, column
from sakip_rules.messages.catalog import catalog
from sakip_rules.model import program as p
from sakip_rules.model.units import PERCENT
from sakip_rules.model.values import Value
from tests.benchmarks.generated import rule_text, tree_text, yaml_text
from tests.consistency.folders import consistent
from tests.running import write

RULES = Path(__file__).parents[2] / "rules" / "magetan" / "dinsos"
ROWS = 100_000


def ratio(ours: Callable[[], object], theirs: Callable[[], object], rounds: int) -> float:
    """How many times as long ours takes as theirs: the median over rounds in turn."""
    return statistics.median(_seconds(ours) / _seconds(theirs) for _ in range(rounds))


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def told(benchmark: BenchmarkFixture, **figures: float) -> None:
    """Keep figures with the benchmark, and print them."""
    benchmark.extra_info.update(figures)
    sys.stderr.write(f"{ ({name: round(figure, 3) for name, figure in figures.items()}) }\n")


def rounds_of(benchmark: BenchmarkFixture, most: int) -> int:
    """One round where benchmarks are disabled, which only shows that they run."""
    return 1 if benchmark.disabled else most


def sizes_of(benchmark: BenchmarkFixture) -> tuple[int, int]:
    """How many indicators are compared with how many; a fifth of it where benchmarks are disabled."""
    return (100, 400) if benchmark.disabled else (500, 2_000)


def command(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(arguments, capture_output=True, env={**os.environ, **environment}, check=False)


def test_cold_validate_against_importing_lark(benchmark: BenchmarkFixture, tmp_path: Path) -> None:
    """A fresh process validates the Magetan rules, with a warm cache and with none; another only imports lark."""
    validate = [sys.executable, "-m", "sakip_rules", "validate", str(RULES)]
    cached = {"XDG_CACHE_HOME": str(tmp_path), "LOCALAPPDATA": str(tmp_path)}
    assert command(*validate, **cached).returncode == 1  # the source's own faults, and now the cache is warm

    def lark() -> object:
        return command(sys.executable, "-c", "import lark")

    rounds = rounds_of(benchmark, 15)
    warm = ratio(lambda: command(*validate, **cached), lark, rounds)
    none = ratio(lambda: command(*validate, SAKIP_RULES_NO_CACHE="1"), lark, rounds)
    told(benchmark, warm_cache=warm, no_cache=none)
    benchmark.pedantic(lambda: command(*validate, **cached), rounds=1)


@pytest.mark.parametrize("lines", [1_000, 10_000, 100_000])
def test_parse_and_check_against_yaml(benchmark: BenchmarkFixture, tmp_path: Path, lines: int) -> None:
    """Reading and checking rule text takes time linear in its lines; PyYAML's pure loader reads the same content."""
    lines = lines // 10 if benchmark.disabled else lines
    text, same = rule_text(lines), yaml_text(lines)
    (tmp_path / "a.sakip").write_text(text, encoding="utf-8")
    (tmp_path / "sakip.toml").write_text("bahasa = 1\ndata = []\n", encoding="utf-8")

    def ours() -> Project:
        project = Project(tmp_path, Cache(None))
        assert project.rule_findings == ()
        return project

    def theirs() -> int:
        return sum(1 for _ in yaml.load_all(same, yaml.SafeLoader))

    assert len(ours().program.own(p.Indicator)) == theirs()
    found = ratio(ours, theirs, rounds_of(benchmark, 3))
    per_line = found / text.count("\n") * same.count("\n")
    seconds = _seconds(ours)
    told(benchmark, per_content=found, per_line=per_line, microseconds_per_line=seconds / text.count("\n") * 1e6)
    benchmark.pedantic(ours, rounds=1)


def test_exact_evaluation_against_a_fraction_loop(benchmark: BenchmarkFixture) -> None:
    """The achievements and categories of 100,000 rows: by columns, and by the interpreter with every trace built."""
    project = Project(RULES)
    evaluation, _ = project.evaluate(2024)
    assert evaluation is not None
    assessor, method = Assessor(project.program, project.functions), evaluation.method
    draw = random.Random(2024)
    targets = [Fraction(draw.randint(1, 20_000), 100) for _ in range(ROWS)]
    realizations = [Fraction(draw.randint(0, 30_000), 100) for _ in range(ROWS)]
    columns = column(targets, PERCENT), column(realizations, PERCENT)
    cases = [
        Case("naik", Value(target, PERCENT), Value(realized, PERCENT))
        for target, realized in zip(targets[: ROWS // 10], realizations, strict=False)
    ]

    def loop(rows: int = ROWS) -> list[tuple[Fraction, str]]:
        return [_plain(target, realized) for target, realized in zip(targets[:rows], realizations, strict=False)]

    def by_columns() -> object:
        return assess_columns(assessor, method, "naik", *columns)

    def from_fractions() -> object:
        return assess_columns(assessor, method, "naik", column(targets, PERCENT), column(realizations, PERCENT))

    def traced() -> object:
        return [assessor.assess(method, case, traced=True) for case in cases]

    expected, assessed = loop(), assess_columns(assessor, method, "naik", *columns)
    assert assessed is not None
    found = [(assessed.values.number(row), band.label if band else "") for row, band in enumerate(assessed.categories)]
    assert found == expected
    rounds = rounds_of(benchmark, 5)
    told(
        benchmark,
        times_the_loop=1 / ratio(by_columns, loop, rounds),
        times_the_loop_from_fractions=1 / ratio(from_fractions, loop, rounds),
        times_the_loop_every_trace_built=1 / ratio(traced, lambda: loop(ROWS // 10), rounds),
    )
    benchmark.pedantic(by_columns, rounds=1)


def _plain(target: Fraction, realized: Fraction) -> tuple[Fraction, str]:
    """What one would write by hand with exact fractions."""
    achievement = realized / target * 100
    above, below = achievement.numerator * 100, achievement.denominator
    rounded = Fraction((2 * above + below) // (2 * below), 100)
    if rounded >= 100:
        return rounded, "Sangat Berhasil"
    if rounded >= 75:
        return rounded, "Berhasil"
    return rounded, "Cukup Berhasil" if rounded >= 55 else "Kurang Berhasil"


@pytest.mark.parametrize("form", ["text", "json", "mermaid"])
def test_drawing_a_tree_grows_with_its_indicators(benchmark: BenchmarkFixture, tmp_path: Path, form: str) -> None:
    """The tree of 2,000 indicators against that of 500, from the linked rules to the text: four times is linear."""
    small, large = sizes_of(benchmark)
    shown = {count: _drawing(tmp_path / str(count), count, form) for count in (small, large)}
    assert [draw() for draw in shown.values()] == [2 * small + 1, 2 * large + 1]
    found = ratio(shown[large], shown[small], rounds_of(benchmark, 7))
    told(benchmark, times_as_long_for_four_times_as_much=found)
    benchmark.pedantic(shown[large], rounds=1)


def _drawing(folder: Path, indicators: int, form: str) -> Callable[[], int]:
    """Draws the tree of a folder, and tells how many nodes it showed."""
    folder.mkdir()
    (folder / "a.sakip").write_text(tree_text(indicators), encoding="utf-8")
    project = Project(folder, Cache(None))
    assert [item for item in project.rule_findings if item.is_error] == []

    def draw() -> int:
        tree = project.tree(2024)
        steps = list(tree.walk())
        text, faults = written(tree, steps, form, catalog("id"), project.sources)
        assert text
        assert faults == ()
        return sum(1 for step in steps if not step.reference)

    return draw


def test_peak_memory_of_a_large_folder(benchmark: BenchmarkFixture, tmp_path: Path) -> None:
    """Peak memory for reading and checking 10,000 generated lines, for each line."""
    text = rule_text(10_000)
    (tmp_path / "a.sakip").write_text(text, encoding="utf-8")
    tracemalloc.start()
    assert Project(tmp_path, Cache(None)).rule_findings == ()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    told(benchmark, kilobytes_per_line=peak / 1024 / text.count("\n"))
    benchmark.pedantic(lambda: None, rounds=1)


def test_comparing_grows_with_the_rules_and_not_with_their_square(benchmark: BenchmarkFixture, tmp_path: Path) -> None:
    """Rules, figures and causes of 2,000 promised indicators, every target changed, against those of 500."""
    small, large = sizes_of(benchmark)
    pairs = {count: _promising(tmp_path, count) for count in (small, large)}

    def compare(count: int) -> Difference:
        before, after = (Side(Project(folder, Cache(None)), str(folder)) for folder in pairs[count])
        return difference(before, after)

    assert [len(compare(count).changes) for count in pairs] == [small, large]
    rounds = rounds_of(benchmark, 5)
    found = ratio(lambda: compare(large), lambda: compare(small), rounds)
    told(benchmark, times_as_long_for_four_times_as_much=found)
    benchmark.pedantic(lambda: compare(large), rounds=1)


def test_validating_grows_with_the_rules_and_not_with_their_square(benchmark: BenchmarkFixture, tmp_path: Path) -> None:
    """Every pass over a consistent folder of 2,000 indicators, read anew, against one of 500."""
    small, large = sizes_of(benchmark)
    folders = {count: write(tmp_path / str(count), consistent(count)) for count in (small, large)}

    def validate(count: int) -> None:
        assert Project(folders[count], Cache(None)).validate() == ()

    found = ratio(lambda: validate(large), lambda: validate(small), rounds_of(benchmark, 5))
    told(benchmark, times_as_long_for_four_times_as_much=found)
    benchmark.pedantic(lambda: validate(large), rounds=1)


def test_validating_after_an_edit_against_reading_all_anew(benchmark: BenchmarkFixture, tmp_path: Path) -> None:
    """One file of a folder of 2,000 indicators has another text each time, and the rest comes from the cache."""
    folder, kept = write(tmp_path / "dinas", consistent(sizes_of(benchmark)[1])), tmp_path / "tembolok"
    kept.mkdir()
    texts = iter(range(1_000_000))

    def edited() -> None:
        text = f"{consistent(4)['metode.sakip']}# {next(texts)}\n"
        (folder / "metode.sakip").write_text(text, encoding="utf-8")
        assert Project(folder, Cache(kept)).validate() == ()

    edited()
    found = ratio(edited, lambda: Project(folder, Cache(None)).validate(), rounds_of(benchmark, 5))
    told(benchmark, share_of_reading_all=found)
    benchmark.pedantic(edited, rounds=1)


def _promising(folder: Path, count: int) -> tuple[Path, Path]:
    """Two folders whose agreements promise so many indicators, one per cent more in the second."""
    sides = folder / f"{count}a", folder / f"{count}b"
    for more, side in enumerate(sides):
        rows = "".join(f"| i{number} | {number % 90 + 5 + more} |\n" for number in range(count))
        indicators = "".join(f'indikator i{n} "I {n}" {{\n satuan: persen\n arah: naik\n}}\n' for n in range(count))
        agreement = f"perjanjian_kinerja pk {{\n tahun: 2024\n metode: cara\n | indikator | target |\n {rows}}}\n"
        steps = "| langkah | nilai |\n | capaian | - |\n | rata_rata | per_indikator |\n"
        method = f"metode cara {{\n naik: capaian_naik\n {steps}}}\n"
        side.mkdir()
        (side / "a.sakip").write_text(indicators + agreement + method, encoding="utf-8")
        data = "".join(f"2024;tahunan;i{number};50\n" for number in range(count))
        (side / "realisasi.csv").write_text("tahun;periode;nama;nilai\n" + data, encoding="utf-8")
    return sides


@pytest.mark.parametrize("form", ["csv", "docx", "html", "json", "md", "pdf", "toml", "xlsx"])
def test_exporting_grows_with_the_rows(benchmark: BenchmarkFixture, tmp_path: Path, form: str) -> None:
    """A report of 2,000 indicators in one format, against that of 500; and the time and memory that it takes itself."""
    small, large = sizes_of(benchmark)
    found = {count: _published(write(tmp_path / str(count), consistent(count))) for count in (small, large)}
    exporter = next(iter(found.values()))[1][form]

    def export(count: int) -> Mapping[str, bytes]:
        assert exporter.report
        return exporter.report(found[count][0])

    assert all(sum(map(len, export(count).values())) > count for count in found)
    times = ratio(lambda: export(large), lambda: export(small), rounds_of(benchmark, 3))
    tracemalloc.start()
    export(large)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    told(benchmark, times_as_long_for_four_times_as_much=times, peak_mebibytes=peak / 2**20)
    benchmark.pedantic(lambda: export(large), rounds=1)


def _published(folder: Path) -> tuple[Publication, Mapping[str, Exporter]]:
    """The report of a folder, with all explanations and findings, and the formats that can write it."""
    project = Project(folder, Cache(None))
    report, findings = project.report(project.program.own(p.Report)[0], catalog("id").word)
    assert report
    assert findings == ()
    return Annotator(project, catalog("id"), None)(report), project.inputs.plugins.exporters
