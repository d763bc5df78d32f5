"""The commands of the group `counter`: one file a command, or a sub-group."""
