"""Ký: recording a signature, and correcting its record."""
