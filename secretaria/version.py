"""The version that runs: one number for the panel, the API's document and the heartbeats."""

VERSION = "0.1.0"
