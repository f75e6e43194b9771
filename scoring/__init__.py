"""What answers mean and what follows from it; reads no file, screen or clock."""
