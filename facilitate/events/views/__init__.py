"""HTTP handlers of events: scripts, the door, the screens, the studio."""
