"""Bảng tính: a file from outside becomes plain cells here, and only here."""
