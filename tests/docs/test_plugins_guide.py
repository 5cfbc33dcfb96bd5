"""plugins/README.md: it names every hook and no other, and its examples work as they stand."""

from __future__ import annotations

import csv
import inspect
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import sakip_rules
from sakip_rules import hookspecs
from sakip_rules.base import codes
from sakip_rules.cli import scaffold
from tests.docs.pages import Fence, fences, page, run
from tests.running import ROOT

GUIDE = page("plugins/README.md")
HOOKS = {name for name, item in vars(hookspecs).items() if inspect.isfunction(item) and name.startswith("sakip_")}


def part(hook: str) -> dict[str, list[Fence]]:
    """The fenced blocks of a hook's section, by language."""
    text = GUIDE.split(f"\n## `{hook}`\n", 1)[1].split("\n## ", 1)[0]
    found: dict[str, list[Fence]] = {}
    for fence in fences(text):
        found.setdefault(fence.language, []).append(fence)
    return found


def install(project: str, folder: Path) -> None:
    """What installing leaves behind for finding a plugin: its name and its entry points."""
    about = tomllib.loads(project)["project"]
    info = folder / f"{about['name'].replace('-', '_')}-{about['version']}.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {about['name']}\nVersion: {about['version']}\n")
    points = [f"[{group}]\n" + "".join(f"{name} = {place}\n" for name, place in found.items())
              for group, found in about["entry-points"].items()]  # fmt: skip
    (info / "entry_points.txt").write_text("".join(points))


@pytest.fixture
def with_median(tmp_path: Path) -> Path:
    """A folder to import from, with the function plugin of the guide installed."""
    blocks, site = part("sakip_functions"), tmp_path / "site"
    site.mkdir()
    (site / "sakip_median.py").write_text(blocks["python"][0].text, encoding="utf-8")
    install(blocks["toml"][0].text, site)
    return site


def test_every_hook_has_its_section() -> None:
    """The sections are named for the hooks that exist."""
    assert set(re.findall(r"^## `(\w+)`$", GUIDE, re.MULTILINE)) == HOOKS


def test_the_examples_import_the_package_root_only() -> None:
    """What a plugin imports of the package is public."""
    for fence in fences(GUIDE, "python"):
        assert "sakip_rules." not in fence.text.replace("from sakip_rules.testing import", "")
        for names in re.findall(r"from sakip_rules import (.*)", fence.text):
            assert set(names.split(", ")) <= set(sakip_rules.__all__)


def test_the_function_of_the_guide_runs(with_median: Path, tmp_path: Path) -> None:
    """With the plugin the example of the rule file holds; without it the function is unknown."""
    rules = tmp_path / "aturan_saya"
    rules.mkdir()
    (rules / "nilai.sakip").write_text(part("sakip_functions")["sakip"][0].text, encoding="utf-8")
    found = run(["test", str(rules)], tmp_path, [with_median])
    assert (found.returncode, found.stdout) == (0, "")
    assert found.stderr.startswith("1 contoh sesuai")
    assert "N107" in run(["validate", str(rules)], tmp_path).stdout


@pytest.mark.parametrize(("given", "hasil"), [("90; 70; tidak_ada", "tidak_ada"), ("1; 2; 4; 4", "3")])
def test_the_function_hands_on_missing_values_and_takes_lists(
    given: str, hasil: str, with_median: Path, tmp_path: Path
) -> None:
    """A missing argument makes the median missing; of an even number of values it is the middle of two."""
    rules = tmp_path / "aturan_saya"
    rules.mkdir()
    example = f"contoh {{\n nilai: {given}\n hasil: {hasil}\n}}"
    formula = f"formula tengah {{\n masukan: nilai\n rumus: median(nilai)\n {example}\n}}"
    (rules / "nilai.sakip").write_text(formula, encoding="utf-8")
    found = run(["test", str(rules)], tmp_path, [with_median])
    assert (found.returncode, found.stdout) == (0, "")


def test_the_library_of_the_guide_is_found(tmp_path: Path) -> None:
    """A folder that names the library finds what it defines; without the plugin the library is unknown."""
    blocks = part("sakip_libraries")
    package, rules = tmp_path / "site" / "sakip_jatim", tmp_path / "aturan_saya"
    (package / "aturan").mkdir(parents=True)
    rules.mkdir()
    (package / "__init__.py").write_text(blocks["python"][0].text, encoding="utf-8")
    (package / "aturan" / "kriteria.sakip").write_text(blocks["sakip"][0].text, encoding="utf-8")
    project, settings = (fence.text for fence in blocks["toml"])
    install(project, package.parent)
    (rules / "sakip.toml").write_text(settings, encoding="utf-8")
    (rules / "metode.sakip").write_text(
        "metode saya {\n naik: capaian_naik\n kategori: kriteria_jatim\n | langkah | nilai |\n | capaian | - |\n}\n",
        encoding="utf-8",
    )
    found = run(["validate", str(rules)], tmp_path, [package.parent])
    assert (found.returncode, found.stdout) == (0, "")
    assert "B110" in run(["validate", str(rules)], tmp_path).stdout


def test_the_library_of_the_guide_passes_its_own_examples(tmp_path: Path) -> None:
    """The rule file of the library is tested like any other, and every band is reached."""
    (tmp_path / "kriteria.sakip").write_text(part("sakip_libraries")["sakip"][0].text, encoding="utf-8")
    found = run(["test", str(tmp_path)], tmp_path)
    assert (found.returncode, found.stdout) == (0, "")


def test_the_year_rules_of_the_guide_move_their_year(tmp_path: Path) -> None:
    """For the agency that they name, from the day of the decision on, and without a finding."""
    blocks = part("sakip_year_rules")
    package = tmp_path / "site" / "sakip_dinkes_2025"
    (package / "aturan").mkdir(parents=True)
    (package / "__init__.py").write_text(blocks["python"][0].text, encoding="utf-8")
    (package / "aturan" / "pk_2025_perubahan.sakip").write_text(blocks["sakip"][0].text, encoding="utf-8")
    project, settings = (fence.text for fence in blocks["toml"])
    install(project, package.parent)
    assert run(["new", "rules", "dinkes", "--year", "2025"], tmp_path).returncode == 0
    evaluate = ["evaluate", "dinkes", "--format", "csv"]
    before = run(evaluate, tmp_path).stdout
    assert run(evaluate, tmp_path, [package.parent]).stdout == before
    with (tmp_path / "dinkes" / "sakip.toml").open("a", encoding="utf-8") as file:
        file.write(settings)
    found = run(["validate", "dinkes"], tmp_path, [package.parent])
    assert (found.returncode, found.stdout) == (0, "")
    assert ";95;" in run(evaluate, tmp_path, [package.parent]).stdout
    assert ";80;" in run([*evaluate, "--as-of", "30 Juni 2025"], tmp_path, [package.parent]).stdout
    assert run(evaluate, tmp_path).stdout == before


def graded(figures: str) -> list[str]:
    """The category of each figure."""
    return [row["kategori"] for row in csv.DictReader(figures.splitlines(), delimiter=";")]


def test_the_amending_code_of_the_guide_grades_its_year(tmp_path: Path) -> None:
    """With other bands for that agency alone; its examples are run, and nothing else moves."""
    blocks = part("sakip_year_rules")
    package = tmp_path / "site" / "sakip_kriteria_2025"
    (package / "aturan").mkdir(parents=True)
    (package / "__init__.py").write_text(blocks["python"][1].text, encoding="utf-8")
    (package / "aturan" / "kriteria_2025.sakip").write_text(blocks["sakip"][1].text, encoding="utf-8")
    project, settings = (fence.text for fence in blocks["toml"])
    install(project.replace("dinkes", "kriteria"), package.parent)
    assert run(["new", "rules", "dinkes", "--year", "2025"], tmp_path).returncode == 0
    evaluate = ["evaluate", "dinkes", "--format", "csv"]
    before = run(evaluate, tmp_path).stdout
    assert graded(before) == ["Berhasil", "Sangat Berhasil", "Berhasil", "Sangat Berhasil", *["Sangat Berhasil"] * 2]
    assert run(evaluate, tmp_path, [package.parent]).stdout == before
    with (tmp_path / "dinkes" / "sakip.toml").open("a", encoding="utf-8") as file:
        file.write(settings)
    found = run(["validate", "dinkes"], tmp_path, [package.parent])
    assert (found.returncode, found.stdout) == (0, "")
    assert graded(run(evaluate, tmp_path, [package.parent]).stdout) == ["Baik"] * 6
    tested = run(["test", "dinkes"], tmp_path, [package.parent])
    assert tested.stderr.startswith("2 contoh sesuai, 0 tidak sesuai")
    assert run(evaluate, tmp_path).stdout == before


def installed(hook: str, folder: Path) -> Path:
    """A folder to import from, with the one-module plugin of a section installed."""
    blocks, site = part(hook), folder / "site"
    site.mkdir()
    (module,) = tomllib.loads(blocks["toml"][0].text)["project"]["entry-points"]["sakip_rules"].values()
    (site / f"{module}.py").write_text(blocks["python"][0].text, encoding="utf-8")
    install(blocks["toml"][0].text, site)
    return site


def rule_folder(folder: Path, text: str) -> Path:
    rules = folder / "aturan_saya"
    rules.mkdir()
    (rules / "aturan.sakip").write_text(text, encoding="utf-8")
    return rules


def test_the_check_of_the_guide_finds(tmp_path: Path) -> None:
    """The indicator without a source, in the language of the run, and not the other."""
    site = installed("sakip_checks", tmp_path)
    rules = rule_folder(tmp_path, part("sakip_checks")["sakip"][0].text)
    found = run(["validate", str(rules)], tmp_path, [site])
    assert re.findall(r"aturan\.sakip:(\S+): peringatan\[([\w-]+)\]", found.stdout) == [("1:11", "sumber-101")]
    assert "does not name its source" in run(["validate", str(rules), "--lang", "en"], tmp_path, [site]).stdout
    assert run(["validate", str(rules)], tmp_path).stdout == ""


def test_the_reader_of_the_guide_reads(tmp_path: Path) -> None:
    """Its file is found by its suffix, and every check of data files is made; without the plugin it is no data file."""
    site = installed("sakip_readers", tmp_path)
    rules = rule_folder(tmp_path, 'indikator layanan "Layanan" { satuan: persen }\n')
    data = rules / "realisasi_2025.jsonl"
    data.write_text(part("sakip_readers")["json"][0].text, encoding="utf-8")
    assert run(["validate", str(rules)], tmp_path, [site]).stdout == ""
    data.write_text(data.read_text(encoding="utf-8").replace("layanan", "lain"), encoding="utf-8")
    assert "[R102]" in run(["validate", str(rules)], tmp_path, [site]).stdout
    assert run(["validate", str(rules)], tmp_path).stdout == ""


def test_the_kind_of_the_guide_is_read(tmp_path: Path) -> None:
    """Its blocks are formatted, checked by the check beside it, and unknown without the plugin."""
    site = installed("sakip_vocabulary", tmp_path)
    rules = rule_folder(tmp_path, part("sakip_vocabulary")["sakip"][0].text)
    found = run(["validate", str(rules)], tmp_path, [site])
    assert re.findall(r"aturan\.sakip:(\S+): peringatan\[([\w-]+)\]", found.stdout) == [("9:8", "risiko-101")]
    assert run(["fmt", "--diff", str(rules)], tmp_path, [site]).returncode == 0
    assert run(["validate", str(rules)], tmp_path).stdout.count("T101") == 2


def test_the_format_of_the_guide_is_written(tmp_path: Path) -> None:
    """With the figures of Magetan as they are printed; without the plugin there is no such format."""
    site = installed("sakip_exporters", tmp_path)
    export = ["export", str(ROOT / "rules" / "magetan" / "dinsos"), "--to", "halaman", "--table", "efisiensi_sasaran"]
    assert run(export, tmp_path, [site]).returncode == 0
    page = (tmp_path / "lkjip_2024.html").read_text(encoding="utf-8")
    assert "<td rowspan=2>5.280.862.284</td>" in page
    assert page.count("<td rowspan=1>-0,38%</td>") == 1
    assert run(export, tmp_path).returncode == 2


def test_the_format_of_the_guide_passes_the_kit(tmp_path: Path) -> None:
    """With the test of the guide, as an author runs it."""
    site = installed("sakip_exporters", tmp_path)
    (tmp_path / "test_halaman.py").write_text(part("sakip_exporters")["python"][1].text, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(tmp_path)]
    places = os.pathsep.join(str(path) for path in (site, ROOT, ROOT / "plugins"))
    found = subprocess.run(
        command,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": places},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (found.returncode, "11 passed" in found.stdout) == (0, True), found.stdout + found.stderr


def test_the_command_of_the_guide_runs(tmp_path: Path) -> None:
    """It is listed with its help, and gone without the plugin."""
    site = installed("sakip_commands", tmp_path)
    rules = rule_folder(tmp_path, part("sakip_checks")["sakip"][0].text)
    found = run(["indikator", str(rules), "--judul"], tmp_path, [site])
    assert (found.returncode, found.stderr) == (0, "")
    assert found.stdout == "lama_layanan: Lama Layanan\nlayanan: Persentase Layanan Tepat Waktu\n"
    assert "Menampilkan nama semua indikator." in run(["--help"], tmp_path, [site]).stdout
    assert run(["indikator", str(rules)], tmp_path).returncode == 2


def test_what_a_hook_is_for_stands_in_the_table() -> None:
    """With the kind that ``new plugin`` makes for it."""
    rows = re.findall(r"^\| `(sakip_\w+)` +\| `(\w+)`", GUIDE, re.MULTILINE)
    assert {hook for hook, _ in rows} == HOOKS
    templates = Path(scaffold.__file__).with_name("kerangka_plugin")
    assert {kind for _, kind in rows} == {path.name for path in templates.iterdir() if path.is_dir()}


def test_every_code_of_a_plugin_is_told() -> None:
    """What happens to one that is broken, or that goes beyond what it declares."""
    told = set(re.findall(r"^\| (P\d+) ", GUIDE, re.MULTILINE))
    assert told == {code.name for code in codes.ALL if code.name.startswith("P")}


@pytest.mark.parametrize("block", fences(GUIDE, "console"), ids=lambda block: f"line {block.line}")
def test_the_commands_of_the_guide_run(block: Fence, tmp_path: Path) -> None:
    """In their order."""
    for command in block.lines:
        assert run(command, tmp_path).returncode == 0
