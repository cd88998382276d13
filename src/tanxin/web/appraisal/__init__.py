"""Pages of the yearly result: what counts, what came of it by unit, and what is said to that."""
