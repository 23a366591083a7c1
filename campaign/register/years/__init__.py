"""Đơn vị qua các năm."""
