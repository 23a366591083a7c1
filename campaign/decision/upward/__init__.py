"""Cấp trên: what is sent upwards, and what comes back."""
