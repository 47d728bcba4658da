"""Personal data erased as the law has it, and only so: numbers, dates, dimensions and the chain of digests stay."""
