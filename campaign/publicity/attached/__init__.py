"""Tệp đính kèm: files that a post carries."""
