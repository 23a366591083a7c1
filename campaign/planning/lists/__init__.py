"""Các danh sách của kế hoạch: blocks, tasks, periods, bands, and corrections."""
