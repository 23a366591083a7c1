"""Đọc nhật ký: the record as far as the objects it tells of would show themselves today."""
