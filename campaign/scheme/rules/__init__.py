"""Quy tắc của bảng điểm: pure; what is measured, what is scored, and how one gives the other."""
