"""Results as pages and papers tell them; nothing here changes anything."""
