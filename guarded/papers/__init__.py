"""Văn bản Word: an office's template is examined and drawn here, and only here."""
