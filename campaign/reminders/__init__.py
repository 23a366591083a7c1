"""Nhắc báo cáo: reminders before a day and after it, step by step, and the log of them."""
