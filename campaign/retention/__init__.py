"""Thời hạn lưu: how long what is held of people is kept, and what is taken away afterwards."""
