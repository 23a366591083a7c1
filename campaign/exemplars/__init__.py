"""Điển hình tiên tiến: found, helped, summed up, followed; and who follows them."""
