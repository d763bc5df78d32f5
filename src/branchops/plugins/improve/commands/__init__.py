"""`branchops improve ...`: findings, plans, the board. One file a group."""
