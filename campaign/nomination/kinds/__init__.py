"""Hình thức của phong trào: the award kinds of a campaign and their quotas."""
