"""Measures Dateline beside newsboat, neomutt and aerc, on the same articles, in the same terminal, in turns."""
