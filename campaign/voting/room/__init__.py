"""Phòng họp: its page and its minutes."""
