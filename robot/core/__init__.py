"""What every room stands on: the values that flow, time and chance, errors, geometry."""
