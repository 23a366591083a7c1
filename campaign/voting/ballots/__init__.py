"""Lượt biểu quyết: the pages that steer it."""
