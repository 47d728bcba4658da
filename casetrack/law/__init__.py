"""What the statutes say, as dated data and pure arithmetic: no Django, no database, no clock."""
