"""Chỉ tiêu: the pages on which indicators are planned, tried and allocated."""
