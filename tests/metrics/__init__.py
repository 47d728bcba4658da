"""What monitoring may know."""
