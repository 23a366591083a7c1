"""Bảng điểm: indicators, criteria, and the rules that turn a number into points."""
