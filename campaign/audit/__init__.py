"""Nhật ký: an append-only, chained record of who did what, as whom, before and after."""
