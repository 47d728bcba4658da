"""A digest a day of everything recorded, kept outside too, so that tampering in the database itself is found."""
