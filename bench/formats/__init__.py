"""Damaged files of all formats: what the readers must survive."""
