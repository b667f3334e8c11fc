"""Questions that the window asks before it goes on."""
