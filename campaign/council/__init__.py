"""Hội đồng: who sits on the council of a campaign, and who is kept away from which unit."""
