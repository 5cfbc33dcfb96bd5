"""What can stop a PDF from being written."""

from pathlib import Path

from sakip_plugins.layout.codes import read

CODES = read(Path(__file__).parent)
