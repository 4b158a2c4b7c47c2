"""Founding a real office: its district, streets, communities, first units, three administrators."""
