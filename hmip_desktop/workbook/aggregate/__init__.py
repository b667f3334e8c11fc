"""The workbook of several inspections side by side: counts only, no single case."""
