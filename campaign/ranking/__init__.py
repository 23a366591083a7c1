"""Xếp hạng: totals, ranks and agreement; frozen once, then never moved."""
