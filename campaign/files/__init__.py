"""Kho tệp: evidence and scans, on a folder or an object store, under names nobody can guess."""
