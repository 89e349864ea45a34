"""The door to ROS 2, by Zenoh, in the form of `rmw_zenoh`."""
