"""Log-in of staff: django-allauth with our adapter, and what every page of theirs passes."""
