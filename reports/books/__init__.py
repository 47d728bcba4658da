"""One file a workbook."""
