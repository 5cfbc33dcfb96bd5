"""Runs commands in this process, and writes the small rule folders that they run on."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from attrs import frozen

from sakip_rules.cli import run

ROOT = Path(__file__).parents[1]
MAGETAN = (ROOT / "rules" / "magetan" / "dinsos").as_posix()

#: A folder whose figures are easy to tell: one indicator of 80 against 90 (88,89%), one of 12 against 10 days (80%).
SMALL: Mapping[str, str] = {
    "indikator.sakip": """\
indikator layanan "Persentase Layanan Tepat Waktu" {
    satuan: persen
    arah: naik
    definisi: "Layanan yang selesai pada waktunya, dari semua layanan"
    sumber: "Sekretariat"
}

indikator lama "Lama Layanan" {
    satuan: hari
    arah: turun
    definisi: "Hari dari permohonan sampai selesai, rata-rata"
    sumber: "Sekretariat"
}

renstra rencana "Rencana" {
    berlaku: 2024 s.d 2026

    tujuan t1 "Layanan baik" {
        sasaran s1 "Layanan cepat" { indikator: layanan; lama }
    }

    | indikator | 2024 |
    | layanan   | 90   |
    | lama      | 10   |
}
""",
    "cara.sakip": """\
kategori kriteria "Kriteria" {
    satuan: persen
    | rentang | predikat |
    | ≥ 85%   | Baik     |
    | < 85%   | Kurang   |
}

metode cara "Cara" {
    naik: capaian_naik
    turun: capaian_turun
    kategori: kriteria
    | langkah    | nilai         |
    | capaian    | -             |
    | pembulatan | 2             |
    | rata_rata  | per_indikator |
    | pembulatan | 2             |
}
""",
    "pk.sakip": """\
perjanjian_kinerja pk_2024 "Perjanjian Kinerja 2024" {
    tahun: 2024
    ditetapkan: 4 Januari 2024
    merujuk: rencana
    metode: cara
    | nomor | sasaran | indikator | target | tw1 | tw2 |
    | 1     | s1      | layanan   | 90     | 80  | 85  |
    | 2     | s1      | lama      | 10     | 10  | 10  |
}
""",
    "realisasi.csv": """\
tahun;periode;nama;nilai
2024;tahunan;layanan;80
2024;tahunan;lama;12
2024;tw1;layanan;60
2024;tw1;lama;11
""",
}  # fmt: skip

#: English and programmers' words that no Indonesian reader should meet.
FORBIDDEN = frozenset(re.findall(r"\w+", """
    argument attribute bad bytes call character code column command decode decoding default dict directory encode
    error errno exception exist expected file float found fraction help index input int integer invalid item key lark
    lexer line list missing module name none null number object option options output parse parser path range show such
    str string symbol syntax the this token traceback try tuple type unexpected unicode unknown usage value warning
    with wrong
"""))  # fmt: skip


@frozen
class Outcome:
    """What a command gave back."""

    code: int
    out: str
    err: str

    @property
    def text(self) -> str:
        return self.out + self.err


Command = Callable[..., Outcome]


def commands(capsys: pytest.CaptureFixture[str]) -> Command:
    """A function that runs one command: in-process, since a process for each would take minutes."""

    def command(*arguments: str) -> Outcome:
        capsys.readouterr()
        code = run([str(argument) for argument in arguments])
        return Outcome(code, *capsys.readouterr())

    return command


def write(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """A folder with these files."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        raw = content if isinstance(content, bytes) else content.encode()
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(raw)
    return folder


def small(folder: Path, **changed: str | bytes) -> Path:
    """The small folder, where ``pk=`` stands for another ``pk.sakip``, ``realisasi=`` for other data, and so on."""
    named = {f"{name}.{'csv' if name == 'realisasi' else 'sakip'}": text for name, text in changed.items()}
    return write(folder, {**SMALL, **named})


def places(text: str) -> list[str]:
    """Each finding of a text as ``path:line:column code``, or ``path code`` where the file cannot be shown."""
    return [
        f"{found[1] or '-'} {found[2]}"
        for line in text.splitlines()
        if (found := re.match(r"(?:(\S+): )?(?:galat|peringatan|error|warning)\[([\w-]+)\]: ", line))
    ]


def foreign(text: str) -> set[str]:
    """The words of a text that no Indonesian reader should meet, source lines and typed words left out."""
    spoken = "\n".join(line for line in text.splitlines() if " │ " not in line)
    spoken = re.sub(r"`[^`]*`|“[^”]*”|--[\w-]+|\S+[/\\]\S+|^\S+:\d+:\d+", " ", spoken, flags=re.MULTILINE)
    return FORBIDDEN & set(re.findall(r"[a-z]+", spoken.lower()))
