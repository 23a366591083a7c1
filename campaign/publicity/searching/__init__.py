"""Tìm kiếm: posts, campaigns, units and decisions, and for whoever signed in their own work."""
