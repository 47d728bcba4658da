"""Drafts of reports: sentences with named figures, chosen by what the record holds."""
