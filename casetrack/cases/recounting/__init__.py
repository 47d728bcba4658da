"""What a change of the law or of a calendar does to the dates of cases: shown before it is applied, and applied."""
