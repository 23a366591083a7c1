"""Độ đồng thuận của Hội đồng: its page."""
