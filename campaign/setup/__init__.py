"""Thiết lập ban đầu: from an empty instance to an office's first campaign."""
