"""The window: draws and asks; decides nothing about scores or files."""
