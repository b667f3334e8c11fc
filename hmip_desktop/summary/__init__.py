"""The Word summary: what it says, as frozen data, and the one place that writes Word documents."""
