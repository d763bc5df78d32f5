"""How training is judged: decisions, validators in the order of the articles, and the pure parts they rest on."""
