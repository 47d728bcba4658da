"""Pages of imports: looked at first, read as their sender says, written when they say so, undone if need be."""
