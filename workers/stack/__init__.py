"""The service in the layout of production, on this machine and without containers: what docker-compose.yml declares."""
