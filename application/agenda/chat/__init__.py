"""The agenda by chat: tools for the model, a menu for when it is away, and what may be claimed to whom."""
