"""Phát động: what a campaign measures, how it is scored, and when it is due."""
