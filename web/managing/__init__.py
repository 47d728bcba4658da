"""The pages of administration: accounts and what they may do, registers, calendars, rules, and the audit log."""
