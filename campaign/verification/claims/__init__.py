"""Nhận số đơn vị báo: what the unit reported, taken over for what is still blank."""
