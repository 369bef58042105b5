"""Who attends when, and for whom: hours, slots, appointments, and never two people in one slot."""
