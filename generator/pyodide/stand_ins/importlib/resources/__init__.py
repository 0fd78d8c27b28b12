"""`importlib.abc` names the module below; nothing is read through either."""
