"""All that is said to people, in Indonesian and English, by key."""
