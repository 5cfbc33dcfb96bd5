"""Tests of the grammar, the parser and the printer."""
