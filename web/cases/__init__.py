"""Cases on pages: the list, one case, filters kept under a name, and lists taken away as files."""
