"""The screens, one a module; they take what they need and end with what was decided."""
