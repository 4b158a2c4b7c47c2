"""The demo street: a believable town, its offices, and sixty days of cases, all from one seed."""
