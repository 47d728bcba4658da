"""How many: the events counted by organization, region, kind and month."""
