"""Hồ sơ đề xuất cấp độ: the paper on the security of this installation, from its real state."""
