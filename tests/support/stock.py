"""What costs the most to make, once for all the robots of a process of tests."""

from robot.app.context import shared_stock as stock

__all__ = ["stock"]
