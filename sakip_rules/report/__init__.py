"""The report that rules and data make, and what a printed report says instead."""
