"""Ai đã đọc hồ sơ: who read what the campaign holds of a person, and when."""
