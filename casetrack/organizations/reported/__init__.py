"""Reported figures: what no case holds, stated for a period by the body that answers for it, and never overwritten."""
