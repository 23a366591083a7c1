"""Explanations after verification."""
