"""LibreOffice as an independent reader of what is written."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

needed = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")


def recalculated(raw: bytes, folder: Path) -> bytes:
    """A workbook whose formulas have been calculated anew: their results are taken out before it is opened."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name.startswith("xl/worksheets/sheet"):
                part = re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", part)
            new.writestr(name, part)
    return saved(out.getvalue(), folder)


def saved(raw: bytes, folder: Path) -> bytes:
    """A workbook as LibreOffice saves it, formulas calculated where they have no result."""
    source, out = folder / "buku.xlsx", folder / "hasil"
    source.write_bytes(raw)
    words = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/lo", "--convert-to", "xlsx"]
    subprocess.run([*words, "--outdir", str(out), str(source)], check=True, capture_output=True, timeout=120)
    return (out / "buku.xlsx").read_bytes()
