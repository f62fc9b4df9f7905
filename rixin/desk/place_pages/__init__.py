"""Pages on which staff look at areas and places and import them. Here, since places knows no staff."""
