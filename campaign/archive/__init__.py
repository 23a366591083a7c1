"""Lưu trữ: the finished campaign as one package, and the whole system as one backup."""
