"""Tiêu chí: the scoring table and the pages on which it is planned."""
