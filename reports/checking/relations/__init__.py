"""How the figures of a text stand to one another: rates, sums and differences, changes against another year."""
