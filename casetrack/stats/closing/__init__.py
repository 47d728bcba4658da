"""What was published: months confirmed by those who report, closed as editions that never change, and restated."""
