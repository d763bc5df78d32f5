"""How hygiene is judged: decisions in `decide`, validators by subject, in the order of the articles."""
