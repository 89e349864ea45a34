"""German for Bowlby: files only; what each is for stands in docs/languages.md of Bowlby."""
