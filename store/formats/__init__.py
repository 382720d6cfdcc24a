"""From bytes to articles: a module for each format, a registry to pick one, and the walk that finds files."""
