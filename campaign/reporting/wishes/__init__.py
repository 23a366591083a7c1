"""Xin gia hạn: a unit asks for more time, and the secretariat answers."""
