"""Dates counted anew when the law or a calendar changed."""
