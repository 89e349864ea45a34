"""The window to look through: a web page that shows what the robot senses, feels and does, and asks it politely.

Nothing here is imported by the loop but `robot.page.server.server`; NiceGUI itself is loaded in the page's own thread.
"""
