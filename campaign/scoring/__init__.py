"""Chấm điểm: the score sheets of council members."""
