"""Đăng ký: which units take part, with which commitments, in which block."""
