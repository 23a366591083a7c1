"""Danh mục: rule sets, award types, base salaries, and the awards of earlier years."""
