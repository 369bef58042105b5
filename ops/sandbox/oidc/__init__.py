"""An OpenID Connect provider over real HTTP: it recognises whoever it was told to, and lies where it was told to."""
