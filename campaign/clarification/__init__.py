"""Giải trình sau thẩm định: units see what was verified, answer, and are verified once more."""
