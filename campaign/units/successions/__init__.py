"""Nối tiếp của đơn vị: what became of units that were merged, split, renamed or ended."""
