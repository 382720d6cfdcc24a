"""Dateline in a browser: a web server on this machine that runs a reader for each tab."""
