"""Tests of numbers, dates, places and findings."""
