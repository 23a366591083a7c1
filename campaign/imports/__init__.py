"""Nhập từ Excel: one table reader, and one importer for each kind of row."""
