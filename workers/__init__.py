"""The door for machines: RQ jobs and their schedule."""
