"""Widgets: data in, message out; they know neither store nor scoring."""
