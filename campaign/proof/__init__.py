"""Đối chiếu: whether data, chain and files are what the record says."""
