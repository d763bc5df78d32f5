"""How findings and plans are judged: decisions in `decide`, validators in the order of the articles, reactions last."""
