"""Presses random keys in the reader, on real articles, and looks whether anything breaks or is lost."""
