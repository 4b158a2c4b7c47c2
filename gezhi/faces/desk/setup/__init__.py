"""Setting up an office in the browser: units, people, posts, duties, areas; accounts; the trail."""
