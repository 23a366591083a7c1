"""Nền: what every part may rely on; the standard library only."""
