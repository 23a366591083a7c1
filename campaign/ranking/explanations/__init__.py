"""Giải trình điểm của một đơn vị: its page."""
