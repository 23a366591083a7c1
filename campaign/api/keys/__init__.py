"""Khoá giao diện: given, shown once, revoked."""
