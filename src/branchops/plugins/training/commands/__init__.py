"""`branchops training ...`: one file a command."""
