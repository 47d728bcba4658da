"""Lines of the log: for machines as JSON, for people as text, each with the number of the request or job it is from."""
