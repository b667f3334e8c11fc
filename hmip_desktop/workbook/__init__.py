"""The consolidated workbook: what was answered, and live formulas from there to the scores."""
