"""Where rooms meet: no Textual and no questionary; command line and screens both call it."""
