"""Việc của tôi: what is due, waiting and returned, for each role."""
