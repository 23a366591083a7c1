"""Diễn tập: the campaign of 2021 to try everything on, its accounts and its clock."""
