"""The shapes of the pages and letters: typst, HTML and Word."""
