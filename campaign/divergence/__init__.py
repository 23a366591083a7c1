"""Chênh lệch điểm: cells whose marks lie far apart are looked at; no sheet is opened by it."""
