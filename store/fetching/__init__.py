"""Saving pages and the entries of feeds as files: the only code of Dateline that opens a connection."""
