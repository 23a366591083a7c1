"""Ô chênh lệch: the pages on which marks far apart are looked at again."""
