"""The program without a window: forms, case files, merging, scores, workbook."""

__version__ = "0.2.0"
