"""Giao diện đọc dữ liệu: what is published, for programs; and more for those who hold a key."""
