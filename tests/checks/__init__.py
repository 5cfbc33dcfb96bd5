"""Tests of the vocabulary and of what is read by it."""
