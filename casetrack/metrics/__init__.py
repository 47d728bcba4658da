"""What monitoring may know of the service: how it answers and what waits. Nothing in it names a person or a case."""
