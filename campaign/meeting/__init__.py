"""Cuộc họp Hội đồng: call, roll, quorum, replacement, written opinions and minutes."""
