"""Hạn nộp: until when each unit reports, and who may longer."""
