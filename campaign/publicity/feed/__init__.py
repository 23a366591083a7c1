"""Tin Atom: the newest posts, for readers of feeds."""
