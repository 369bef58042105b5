"""How an answer is made, whatever state the model is in."""
