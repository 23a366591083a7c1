"""Quán triệt: directives that the units of a campaign confirm having worked through."""
