"""The typed program: what may be written, what it means, and the values that engine, checks and report share."""
