"""The door for programs: DRF, one module a resource."""
