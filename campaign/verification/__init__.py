"""Thẩm định: verified values and points beside the claimed ones, and returns."""
