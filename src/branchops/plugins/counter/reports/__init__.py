"""Questions over the counter: what `report`, `show`, `import` and `rules check` are offered."""
