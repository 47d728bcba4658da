"""The doctor of deployments."""
