"""Biên HTTP dùng chung: access, errors, the clock, templating and what forms share."""
