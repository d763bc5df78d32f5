"""A kit for plugin authors (filled in by its own helper)."""
