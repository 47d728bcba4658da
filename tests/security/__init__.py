"""What a hostile user, file, address or neighbour meets."""
