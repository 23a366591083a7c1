"""Bản ký số: the decision as the office signed it elsewhere, kept beside ours."""
