"""How complaints are judged: decisions in `decide`, validators in the order of the articles of the regulation."""
