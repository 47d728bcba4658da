"""A county's or a province's working day on the bundled servers: how many requests, how long each takes."""
