"""How the languages stand to each other, section by section."""
