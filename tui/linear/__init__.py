"""Dateline as plain lines and prompts, for screen readers, braille displays, dumb terminals and pipes.

Nothing is drawn twice and no cursor moves: a command is a line, its answer some lines. `words.py` knows the commands.
"""
