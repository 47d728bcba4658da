"""The examples of the contract, held against the service."""
