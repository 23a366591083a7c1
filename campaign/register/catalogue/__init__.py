"""Danh mục: where the office keeps its entries, knowing what signed decisions rest on."""
