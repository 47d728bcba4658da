"""Members reminded of clocks that end: how they wish it, what is due, and the messages that leave the house."""
