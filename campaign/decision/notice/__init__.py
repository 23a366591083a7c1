"""Lấy ý kiến: posting a draft, what is said about it, and the answers."""
