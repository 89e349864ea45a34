"""The rules: one file a theme, each intent passes them in order."""
