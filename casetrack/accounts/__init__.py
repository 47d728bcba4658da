"""Who uses the service: users and tokens."""
