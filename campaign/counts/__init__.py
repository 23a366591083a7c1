"""Số lần: what units list of a criterion that is counted, each occurrence accepted or struck."""
