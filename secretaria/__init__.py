"""The running program: settings, wiring, processes and the command line."""
