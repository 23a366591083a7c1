"""Mẫu văn bản: the pages where the office takes, tries and gives back templates."""
