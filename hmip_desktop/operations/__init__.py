"""The use cases, called by the command line and by the window alike."""
