"""A format or reader whose optional library is not installed is one finding that names what installs it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from types import ModuleType

import pytest

from sakip_rules import DataReader, Exporter, hookimpl, plugins
from sakip_rules.plugins import Plugins
from tests.running import Command, places, small, write

REPORT = """\
laporan lkjip "Laporan 2024" {
    tahun: 2024
    tabel capaian "Capaian" {
        baris: indikator
        | kolom   | judul   |
        | capaian | Capaian |
    }
}
"""


def missing(*given: object) -> bytes:
    raise ModuleNotFoundError("No module named 'pustaka_asing.lembar'", name="pustaka_asing.lembar")


def own(*given: object) -> bytes:
    raise ModuleNotFoundError("No module named 'asing.bagian'", name="asing.bagian")


def register(monkeypatch: pytest.MonkeyPatch, fails: object, extra: str | None, distribution: str | None) -> None:
    """Install a plugin with a format and a reader that fail in this way when they are used."""

    @hookimpl
    def sakip_exporters() -> Iterable[Exporter]:
        return [Exporter("lembar", ".lbr", records=fails, report=fails, extra=extra)]  # type: ignore[arg-type]

    @hookimpl
    def sakip_readers() -> Iterable[DataReader]:
        return [DataReader("lembar", (".lbr",), fails, text=False, extra=extra)]  # type: ignore[arg-type]

    module = ModuleType("asing")
    module.__dict__.update(sakip_exporters=sakip_exporters, sakip_readers=sakip_readers)
    find = plugins.find

    def found(folder: Path | None = None) -> Plugins:
        every = find(folder)
        every.register("asing", "1", "asing", lambda: module, distribution)
        return every

    monkeypatch.setattr(plugins, "find", found)


@pytest.mark.parametrize(("language", "told"), [("id", "memerlukan pustaka `pustaka_asing.lembar`"), ("en", "needs")])
def test_the_finding_names_plugin_library_and_what_to_install(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str, told: str
) -> None:
    """And the other formats are written."""
    register(monkeypatch, missing, "lembar", "paket-asing")
    small(tmp_path / "dinas", laporan=REPORT)
    found = command("export", "dinas", "--to", "lembar,md", "--output", "hasil", "--lang", language)
    assert (found.code, places(found.err)) == (1, ["- P130"])
    for part in (told, "`asing`", "`pustaka_asing.lembar`", '`pip install "paket-asing[lembar]"`'):
        assert part in found.err
    assert [path.name for path in (tmp_path / "hasil").iterdir()] == ["lkjip.md"]


def test_figures_and_data_files_alike(command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    register(monkeypatch, missing, "lembar", "paket-asing")
    small(tmp_path / "dinas")
    assert places(command("evaluate", "dinas", "--format", "lembar").err) == ["- P130"]
    write(tmp_path / "dinas", {"realisasi.lbr": b"\x00"})
    assert places(command("validate", "dinas").out) == ["- P130"]


@pytest.mark.parametrize(
    ("fails", "extra", "distribution"),
    [(own, "lembar", "paket-asing"), (missing, None, "paket-asing"), (missing, "lembar", None)],
    ids=["a module of its own", "no extra", "not installed"],
)
def test_what_no_installation_mends_is_a_failure(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails: object, extra: str, distribution: str
) -> None:
    register(monkeypatch, fails, extra, distribution)
    small(tmp_path / "dinas")
    assert places(command("evaluate", "dinas", "--format", "lembar").err) == ["- P126"]
