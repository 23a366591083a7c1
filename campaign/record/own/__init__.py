"""Dữ liệu của tôi: what the database holds of whoever asks (Luật Bảo vệ dữ liệu cá nhân)."""
