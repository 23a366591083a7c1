"""Kiểm tra thực tế: visits to a unit on the spot, what they found, and the files beside them."""
