"""Real ways out: an SMS gateway over HTTP, the robots of group chats, and the file that says where."""
