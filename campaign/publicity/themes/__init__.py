"""Chủ đề của đợt thi đua: a page of its own for each, with its posts and its progress."""
