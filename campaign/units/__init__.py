"""Đơn vị: the tree of organisations, with the dates between which each existed."""
