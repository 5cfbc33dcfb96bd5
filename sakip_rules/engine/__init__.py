"""Exact evaluation of rules over measured values."""
