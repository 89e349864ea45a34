"""Which manners of going along with a line judges found fitting: lines and verdicts, and what is taught by them."""
