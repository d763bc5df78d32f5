"""How the counter is judged: decisions in `decide`, validators in the order of the document's three parts."""
