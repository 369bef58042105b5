"""Words that every feature uses: errors, identities, telephones."""
