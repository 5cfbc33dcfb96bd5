"""The example of a plugin outside the package: built, installed in an environment of its own, and used there."""

from __future__ import annotations

import re
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

from tests.running import MAGETAN, ROOT

EXAMPLE = ROOT / "plugins" / "contoh" / "sakip_fods"


def ran(*command: object, folder: Path) -> str:
    """What a program writes; its complaints, where it fails."""
    run = subprocess.run(
        [str(part) for part in command], cwd=folder, capture_output=True, encoding="utf-8", check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An interpreter with wheels of the package and of the example, and what they need from where the tests run."""
    folder = tmp_path_factory.mktemp("contoh")
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input")
    build = (*pip, "wheel", "-q", "--no-index", "--no-build-isolation", "--no-deps", "--wheel-dir", folder / "roda")
    ran(*build, ROOT, EXAMPLE, folder=folder)
    venv.create(folder / "lingkungan", with_pip=False, symlinks=True)
    found = folder / "lingkungan" / "bin" / "python"
    target = ran(found, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", folder=folder).strip()
    wheels = sorted((folder / "roda").glob("*.whl"))
    assert [wheel.name.split("-")[0] for wheel in wheels] == ["sakip_fods", "sakip_rules"]
    ran(*pip, "install", "-q", "--no-index", "--no-deps", "--target", target, *wheels, folder=folder)
    (Path(target) / "luar.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return found


def test_the_example_is_found_and_writes_the_report(python: Path, tmp_path: Path) -> None:
    """Beside the formats of the package, which have all that they need in their wheel, and from its own."""
    command = (python, "-m", "sakip_rules")
    listed = ran(*command, "plugins", "--lang", "en", folder=tmp_path)
    assert "fods 1.0 (sakip_fods): sakip_exporters" in listed
    where = ran(python, "-c", "import sakip_rules, sakip_fods; print(sakip_rules.__file__, sakip_fods.__file__)",
                folder=tmp_path)  # fmt: skip
    assert str(ROOT) not in where
    ran(*command, "export", MAGETAN, "--to", "fods,html,msind", "--output", "hasil", folder=tmp_path)
    written = (tmp_path / "hasil" / "lkjip_2024.fods").read_text(encoding="utf-8")
    assert 'office:value="92.5"><text:p>92,5</text:p>' in written
    assert written.count("<table:table ") == len(re.findall("<table:table-column ", written)) > 10
    assert sorted(path.name for path in (tmp_path / "hasil").iterdir()) == [
        "lkjip_2024.fods", "lkjip_2024.html", "lkjip_2024.msind.csv", "lkjip_2024.msind.json",
    ]  # fmt: skip


def test_the_example_passes_its_own_tests(python: Path) -> None:
    """The conformance kit, as it is installed."""
    told = ran(python, "-m", "pytest", "-q", "-p", "no:cacheprovider", EXAMPLE / "tests", folder=python.parents[1])
    assert "11 passed" in told
