"""Minh chứng: the files of a report."""
