"""Thẩm định các lần: which occurrences a verifier accepts, and which are struck."""
