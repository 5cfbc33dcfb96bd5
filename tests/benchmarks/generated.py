"""Rule files of any size, and the same content as YAML."""

from __future__ import annotations

from collections.abc import Iterator

import yaml

#: The lines that one generated indicator takes, with its variables and its plan.
LINES_EACH = 17


def rule_text(lines: int) -> str:
    """Rule text of about so many lines: indicators with their variables, formulas, definitions and target tables."""
    return "\n".join(_indicator(number) for number in range(lines // LINES_EACH))


def _indicator(number: int) -> str:
    return f'''variabel v{number}a "Jumlah Penerima Layanan {number}" {{ satuan: orang }}
variabel v{number}b "Jumlah Penduduk Sasaran {number}" {{ satuan: orang }}

indikator i{number} "Persentase Penduduk Sasaran {number} yang Menerima Layanan" {{
    nomor: "{number}.1"
    satuan: persen
    arah: naik
    definisi: "Perbandingan jumlah penerima layanan {number} dengan jumlah penduduk sasaran pada tahun (n)"
    rumus: v{number}a / v{number}b × 100%
    sumber: "Bidang Layanan {number}"
}}
renstra r{number} "Rencana {number}" {{
    berlaku: 2024 s.d 2026
    | indikator | 2024 | 2025 | 2026 |
    | i{number} | {number % 90},5 | {number % 90 + 1},25 | {number % 90 + 2} |
}}
'''


def tree_text(indicators: int) -> str:
    """A plan with so many indicators, four to an objective, and for each objective a programme of two activities."""
    objectives = range(indicators // 4)
    plan = "".join(_objective(number) for number in objectives)
    rows = "".join(_programme(number) for number in objectives)
    measured = "".join(f'indikator i{n} "Indikator Kinerja {n}" {{ satuan: persen }}\n' for n in range(indicators))
    head = "    | nomor | nama | uraian | pagu | mendukung |\n"
    return (
        f'{measured}renstra r "Rencana" {{\n    berlaku: 2024\n    tujuan t "Tujuan" {{\n{plan}    }}\n}}\n'
        f'anggaran g "Anggaran" {{\n    tahun: 2024\n{head}{rows}}}\n'
    )


def _objective(number: int) -> str:
    listed = "; ".join(f"i{4 * number + each}" for each in range(4))
    return f'        sasaran s{number} "Meningkatnya Layanan {number}" {{ indikator: {listed} }}\n'


def _programme(number: int) -> str:
    """Every tenth supports the objective before it, too."""
    supported = f"s{number}; s{number - 1}" if number % 10 == 9 else f"s{number}"
    return (
        f"    | {number} | p{number} | Program {number} | 300 | {supported} |\n"
        f"    | {number}.1 | k{number} | Kegiatan {number} | 100 | - |\n"
        f"    | {number}.2 | l{number} | Kegiatan lain {number} | 200 | - |\n"
    )


def yaml_text(lines: int) -> str:
    """The same content as YAML, its expressions and numbers as text."""
    return yaml.safe_dump_all(_documents(lines), allow_unicode=True, sort_keys=False)


def _documents(lines: int) -> Iterator[dict[str, object]]:
    for number in range(lines // LINES_EACH):
        yield {
            f"v{number}a": {"judul": f"Jumlah Penerima Layanan {number}", "satuan": "orang"},
            f"v{number}b": {"judul": f"Jumlah Penduduk Sasaran {number}", "satuan": "orang"},
            f"i{number}": {
                "judul": f"Persentase Penduduk Sasaran {number} yang Menerima Layanan",
                "nomor": f"{number}.1",
                "satuan": "persen",
                "arah": "naik",
                "definisi": f"Perbandingan jumlah penerima layanan {number} dengan jumlah penduduk "
                "sasaran pada tahun (n)",
                "rumus": f"v{number}a / v{number}b × 100%",
                "sumber": f"Bidang Layanan {number}",
            },
            f"r{number}": {
                "judul": f"Rencana {number}",
                "berlaku": "2024 s.d 2026",
                "target": {f"i{number}": _targets(number)},
            },
        }


def _targets(number: int) -> dict[str, str]:
    return {"2024": f"{number % 90},5", "2025": f"{number % 90 + 1},25", "2026": f"{number % 90 + 2}"}
