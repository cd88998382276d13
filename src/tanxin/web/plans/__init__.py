"""The year's plan: proposed, looked at as a year and as months, changed, approved and followed."""
