"""Pages on which staff read the definitions: what can be reported, who handles it, in which steps and by when."""
