"""Finds or installs Python, Node, browsers and nginx; takes the pictures of the guide."""
