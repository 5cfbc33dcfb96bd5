"""Text to tree and tree to text; the only part that knows the grammar."""
