"""Thẩm định: verified values and points beside the claimed ones, returns, and inspections on the
spot.
"""
