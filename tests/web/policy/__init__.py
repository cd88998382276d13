"""Who gets what from every address: a table that a person has read, and the walk that compares."""
