"""Files in and out: what clerks keep in Excel, and the book as open data."""
