"""What ships as plugins, each through the hooks that everyone uses."""
