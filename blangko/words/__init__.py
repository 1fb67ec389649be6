"""Words: the language that is spoken, numbers and dates as people write and type them, and every refusal in words.

For the command line, the reports and a page in the browser alike; no reader of it needs to know another.
"""
