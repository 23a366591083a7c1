"""Tuyên truyền: announcements and the pages everybody may read."""
