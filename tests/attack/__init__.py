"""The attack: everybody asks for everything, and nobody reads what is not theirs to read."""
