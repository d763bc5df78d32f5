"""Questions over complaints: the registers, statistics, lists, and how one complaint is shown."""
