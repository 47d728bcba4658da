"""The door for people: pages made here on the server, by the same operations, filter sets and scope as the API."""
