"""Questions over training and service, and what is exchanged with other systems."""
