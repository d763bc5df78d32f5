"""Commands of hygiene, one file each."""
