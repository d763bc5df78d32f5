"""Questions over hygiene: reports, registers, imports, checks, and how records are shown."""
