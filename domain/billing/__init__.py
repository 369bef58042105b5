"""What a company buys: plans, the months it has them for, and what is owed to the cent."""
