"""Chỉ tiêu giao: who answers for an indicator, and what is asked of each unit."""
