"""`branchops complaints ...`: one file per command, imported when it is typed."""
