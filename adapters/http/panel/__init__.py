"""The panel: pages rendered here, made lively by HTMX, for the people of a company."""
