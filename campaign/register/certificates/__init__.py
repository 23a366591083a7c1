"""Giấy khen: the stock, the place of each text on it, and the print."""
