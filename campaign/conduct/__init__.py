"""Điều hành: moves a campaign from step to step; each move lists what still blocks it."""
