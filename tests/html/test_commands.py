"""The page as the commands write it: with explanations and findings, the same from wherever it is written."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.running import SMALL, Command, small


@pytest.fixture
def agency(command: Command, tmp_path: Path) -> Path:
    """A new rule folder."""
    assert command("new", "rules", "dinas", "--year", "2025").code == 0
    return tmp_path / "dinas"


def test_a_published_page_can_be_made_again(command: Command, agency: Path) -> None:
    """Its explanations included, which name files as they lie in the folder and its libraries."""
    made = command("publish", "dinas", "--to", "html", "--output", "terbitan")
    assert made.code == 0, made.text
    (page,) = (agency.parent / "terbitan").glob("*.html")
    text = page.read_text(encoding="utf-8")
    assert "<code>pustaka/nasional/lan_239_2003.sakip:18:12</code>" in text
    assert "Pemeriksaan tidak menemukan apa pun." in text
    assert command("verify", "terbitan", "dinas").code == 0


def test_the_page_does_not_depend_on_where_it_is_made(
    command: Command, agency: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither on the folder of the run, nor on how the rule folder is named."""
    assert command("export", "dinas", "--to", "html", "--output", "satu").code == 0
    monkeypatch.chdir(agency)
    assert command("export", ".", "--to", "html", "--output", "../dua").code == 0
    first, second = ((agency.parent / name).glob("*.html") for name in ("satu", "dua"))
    assert next(first).read_bytes() == next(second).read_bytes()


def test_every_finding_stands_on_the_page(command: Command, tmp_path: Path) -> None:
    """With its level and place; what is in a title is never markup."""
    report = 'laporan lkjip "Laporan" { tahun: 2024 }\n'
    indicators = (
        SMALL["indikator.sakip"]
        .replace("Lama Layanan", "Lama <b>")
        .replace('    definisi: "Hari dari permohonan sampai selesai, rata-rata"\n', "")
    )
    small(tmp_path / "dinas", indikator=indicators, laporan=report)
    codes = re.findall(r"\w+\[([\w-]+)\]: ", command("validate", "dinas").out)
    assert codes
    command("export", "dinas", "--to", "html", "--output", "hasil")
    shown = (tmp_path / "hasil" / "lkjip.html").read_text(encoding="utf-8")
    assert re.findall(r"</span> <code>([\w-]+)</code>", shown) == codes
    assert "Lama &lt;b&gt;" in shown
    assert "Lama <b>" not in shown
