"""Bảng điểm của Hội đồng: who gave what, once scoring is closed."""
