"""The page from which phones and PCs install the office's authority, once."""
