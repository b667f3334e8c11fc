"""The lead sets an inspection up: its details, sample, team, allocation, and handing out."""
