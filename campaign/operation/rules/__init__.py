"""Vận hành: what of an installation is well, and what went wrong in it; pure."""
