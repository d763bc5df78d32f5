"""Questions over findings and plans, and the branch's board."""
