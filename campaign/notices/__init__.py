"""Nhắc việc: what a person must know is a row; some of it goes out by mail."""
