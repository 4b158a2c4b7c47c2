"""Commands for those who build: front-end files, screenshots."""
