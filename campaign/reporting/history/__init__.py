"""Lịch sử báo cáo: what was submitted and sent back, and how two versions differ."""
