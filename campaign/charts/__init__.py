"""Hình vẽ số liệu: where what is drawn stands, worked out without any drawing."""
