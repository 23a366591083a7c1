"""Đối chiếu: whether the data is what the record says, the chain whole, and the files those that
were kept.
"""
